using System.Net;

namespace Touchstage.Mcp.Tests.SignIns;

/// <summary>What a visitor got.</summary>
/// <param name="Status">The status.</param>
/// <param name="Location">Where it leads, or nothing.</param>
/// <param name="Body">The page.</param>
internal sealed record Visit(HttpStatusCode Status, string Location, string Body);

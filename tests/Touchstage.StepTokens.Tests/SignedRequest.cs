using System.Collections.Immutable;

namespace Touchstage.StepTokens.Tests;

/// <summary>A request as it goes over the wire, beside its token.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Every header but the token's.</param>
/// <param name="Body">The content.</param>
/// <param name="Token">The token.</param>
internal sealed record SignedRequest(string Method, string Target, ImmutableArray<KeyValuePair<string, string>> Headers, byte[] Body, string Token);

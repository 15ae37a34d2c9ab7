using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>A read-only look-up that conditions depend on.</summary>
/// <param name="Name">Its name in conditions: <c>facts.NAME</c>.</param>
/// <param name="Request">What is asked; always GET.</param>
/// <param name="Output">What the answer must look like.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="MaxBytes">How large the answer may be.</param>
internal sealed record FactDeclaration(string Name, RequestTemplate Request, JsonSchema Output, TimeSpan Timeout, int MaxBytes);

using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>A read-only look-up that conditions depend on.</summary>
/// <param name="Name">Its name in conditions: <c>facts.NAME</c>.</param>
/// <param name="Request">What is asked; always GET.</param>
/// <param name="Output">What the answer must look like.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="MaxBytes">How large the answer may be.</param>
/// <param name="CacheFor">How old an answer may be that serves again; null if it is asked for anew at every call.</param>
internal sealed record FactDeclaration(string Name, RequestTemplate Request, JsonSchema Output, TimeSpan Timeout, int MaxBytes, TimeSpan? CacheFor = null);

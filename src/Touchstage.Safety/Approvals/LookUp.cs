using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Approvals;

/// <summary>A read-only look-up that a capability declares.</summary>
/// <param name="Scope">The step token's scope: <c>fact:CAPABILITY.FACT</c>, or <c>verify:CAPABILITY</c>.</param>
/// <param name="Output">What the answer must look like.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="MaxBytes">How large the answer may be.</param>
/// <param name="OfStep">The step whose outcome it is to show, or null for a fact.</param>
internal sealed record LookUp(string Scope, JsonSchema Output, TimeSpan Timeout, int MaxBytes, string? OfStep);

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>One way in which a newer policy may be wider than an older.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Kind"><c>new capability</c>, <c>allows more</c>, <c>cannot tell</c>, <c>limit weakened</c>, <c>approval weakened</c> or <c>effects changed</c>.</param>
/// <param name="Text">What changed, in words.</param>
/// <param name="Example">A call that is permitted now and was not, or null where none was found.</param>
public sealed record ProofChange(string Capability, string Kind, string Text, string? Example);

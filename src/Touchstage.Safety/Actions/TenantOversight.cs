using System.Collections.Immutable;

namespace Touchstage.Safety.Actions;

/// <summary>What of a tenant's waits for people.</summary>
/// <param name="Pending">How many approvals wait for a decision.</param>
/// <param name="ExpiringSoon">How many of them end soon.</param>
/// <param name="Unknown">How many steps may or may not have happened, and no evidence is on its way.</param>
/// <param name="UnknownSteps">The oldest of these steps, 20 at most.</param>
public sealed record TenantOversight(int Pending, int ExpiringSoon, int Unknown, ImmutableArray<UnknownStep> UnknownSteps);

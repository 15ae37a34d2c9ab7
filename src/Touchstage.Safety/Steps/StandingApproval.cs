namespace Touchstage.Safety.Steps;

/// <summary>The approval that already stands for an action.</summary>
/// <param name="Id">Which.</param>
/// <param name="StepId">What was carried out instead, for one that a person changed; else null.</param>
/// <param name="Reason">Why a person rejected it, in their words; null for one that is not rejected.</param>
internal sealed record StandingApproval(string Id, string? StepId, string? Reason);

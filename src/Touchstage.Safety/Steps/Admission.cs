using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Steps;

/// <summary>The journal's answer to a <see cref="StepIntent"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Candidate">The index of the candidate whose limits were reserved; -1 for none.</param>
/// <param name="Other">The step that stands in the way, for a duplicate.</param>
/// <param name="Approval">The approval that stands for the action, for one that is held or was rejected.</param>
/// <param name="Spent">The limit without room (of the last candidate tried; one that refuses instead of blocking wins), for a spent limit.</param>
internal sealed record Admission(AdmissionKind Kind, int Candidate = -1, StepRecord? Other = null, StandingApproval? Approval = null, LimitUse? Spent = null);

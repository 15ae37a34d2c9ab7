namespace Touchstage.Safety.Steps;

/// <summary>The approval that a step claims: approved → executing, in the transaction that records the step.</summary>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="Revision">At which revision.</param>
/// <param name="RevisionDigest">With which digest.</param>
internal sealed record ApprovalClaim(string ApprovalId, int Revision, string RevisionDigest);

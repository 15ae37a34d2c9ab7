using Touchstage.Safety.Approvals;
using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Actions;

/// <summary>A modification, judged and not recorded.</summary>
/// <param name="Approval">The approval as it stands.</param>
/// <param name="Judgement">What the changed action comes to.</param>
/// <param name="Revision">The revision that it would be.</param>
internal sealed record ModificationDraft(ApprovalRecord Approval, Judgement Judgement, ApprovalRevision Revision);

using System.Collections.Immutable;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>The form in which a person changes an action, and what the change would come to.</summary>
/// <param name="Approval">The approval.</param>
/// <param name="Case">What only approvers see of it.</param>
/// <param name="Fields">What may be changed.</param>
/// <param name="Note">Why, as typed.</param>
/// <param name="Preview">What the change comes to, or null before it is previewed or where it is refused.</param>
/// <param name="No">Why the change is refused, or null.</param>
internal sealed record ModifyShown(ApprovalView Approval, ApprovalCaseView Case, ImmutableArray<FormField> Fields, string Note, ModificationPreview? Preview, string? No);

using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says "I am on it".</summary>
internal sealed class ApprovalsClaimVerb() : ApprovalsNoteVerb("approvals claim", "Tell the others that you are on it. It lasts half an hour, and hinders nobody.", NoteKind.Claim, "You are on");

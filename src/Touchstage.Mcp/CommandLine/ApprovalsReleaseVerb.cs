using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says that one is no longer on it.</summary>
internal sealed class ApprovalsReleaseVerb() : ApprovalsNoteVerb("approvals release", "Tell the others that nobody is on it any more.", NoteKind.Release, "Nobody is on");

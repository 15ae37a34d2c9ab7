namespace Touchstage.Safety.Storage;

/// <summary>An approval's rows as one transaction saw them, still sealed.</summary>
internal sealed record ApprovalSnapshot(ApprovalRow Approval, RevisionRow Revision, RevisionRow First, IReadOnlyList<VoteRow> Votes, IReadOnlyList<NoteRow> Notes);

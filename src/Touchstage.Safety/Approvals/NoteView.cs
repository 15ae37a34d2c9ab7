namespace Touchstage.Safety.Approvals;

/// <summary>What a person did about an approval beside deciding, for other approvers.</summary>
/// <param name="Author">Who: the principal's key.</param>
/// <param name="Kind">What.</param>
/// <param name="Text">The person's words; empty for none.</param>
/// <param name="Channel">Through which door.</param>
/// <param name="At">When.</param>
public sealed record NoteView(string Author, NoteKind Kind, string Text, string Channel, DateTimeOffset At);

using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>What a person did about an approval beside deciding.</summary>
/// <param name="Author">Who.</param>
/// <param name="Person">The person that session is linked to, or null.</param>
/// <param name="SessionId">In which session.</param>
/// <param name="Kind">What.</param>
/// <param name="Text">The person's words; empty for none.</param>
/// <param name="Channel">Through which door.</param>
/// <param name="At">When.</param>
internal sealed record ApprovalNote(Principal Author, string? Person, string SessionId, NoteKind Kind, string Text, string Channel, DateTimeOffset At);

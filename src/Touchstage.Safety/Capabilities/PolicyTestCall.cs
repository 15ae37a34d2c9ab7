namespace Touchstage.Safety.Capabilities;

/// <summary>One call of a policy test.</summary>
/// <param name="World">What is called, by whom, and what is known.</param>
/// <param name="At">The instant.</param>
/// <param name="Expect"><c>allow</c>, <c>review</c> (held for a person), <c>refuse</c> (nobody can approve it) or <c>forbid</c>.</param>
/// <param name="Reason">What must be among the reasons: a rule's id, a code, or both as decisions spell them; null for whatever the reason is.</param>
/// <param name="Times">How often it is made, each time with the same outcome.</param>
/// <param name="IsApproved">Whether people approve it if it is held.</param>
/// <param name="OpenFor">For how long it is under way; zero if it is settled at once, null if it never is.</param>
/// <param name="Line">Its line in the file.</param>
internal sealed record PolicyTestCall(
    PolicyTestWorld World, DateTimeOffset At, string Expect, string? Reason, int Times, bool IsApproved, TimeSpan? OpenFor, int Line);

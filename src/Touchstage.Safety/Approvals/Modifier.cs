using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Who changed what was proposed: the revision is judged as this person, too.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Person">The person that session is linked to, or null.</param>
/// <param name="SessionId">In which session; at execution it must still be good.</param>
/// <param name="Note">Why, in the person's words; empty for none.</param>
internal sealed record Modifier(Principal Principal, string? Person, string SessionId, string Note)
{
    /// <summary>The people who may be behind it.</summary>
    public People People => People.Behind(Principal, Person);
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>What people said of an approval.</summary>
/// <param name="Revision">The number of the revision that stands.</param>
/// <param name="IsApproved">Whether enough people, none of them behind the request, said yes to it.</param>
/// <param name="IsRejected">Whether a person said no to it.</param>
/// <param name="Deciders">Who said so.</param>
/// <param name="Modifier">Who changed what was asked, or null.</param>
internal sealed record PeopleDecision(int Revision, bool IsApproved, bool IsRejected, ImmutableArray<Decider> Deciders, Decider? Modifier);

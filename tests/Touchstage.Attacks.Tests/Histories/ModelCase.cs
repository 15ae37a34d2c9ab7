using System.Collections.Immutable;
using Touchstage.Safety.Approvals;

namespace Touchstage.Attacks.Tests.Histories;

/// <summary>One approval as the design says it should stand. Times are minutes.</summary>
/// <param name="State">Where it stands in the store.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="Revision">The current revision.</param>
/// <param name="Amount">What the current revision would pay.</param>
/// <param name="Amounts">What any revision would have paid.</param>
/// <param name="Path">Which manifest the current revision shows.</param>
/// <param name="Modifier">Who made the current revision of it.</param>
/// <param name="Votes">The votes on the current revision.</param>
/// <param name="IsLeadIn">Whether it stands in the queue of those who come in later.</param>
internal sealed record ModelCase(
    ApprovalState State, double CreatedAt, double ClosedAt, int Revision, int Amount, ImmutableSortedSet<int> Amounts, int Path, Who? Modifier, ImmutableSortedDictionary<Who, bool> Votes, bool IsLeadIn)
{
    public const double Day = 24 * 60;

    public const double LeadAfter = 120;

    public bool IsLive(double now) => State is ApprovalState.Pending or ApprovalState.Approved && now < CreatedAt + Day;

    /// <summary>The state that a reader is shown.</summary>
    public ApprovalState Shown(double now) => State is ApprovalState.Pending or ApprovalState.Approved && !IsLive(now) ? ApprovalState.Expired : State;

    public bool IsLeadDue(double now) => now >= CreatedAt + LeadAfter;

    public ModelCase Close(ApprovalState state, double now) => this with { State = state, ClosedAt = now, IsLeadIn = false };

    /// <summary>The next revision: pending, and nobody has said anything about it.</summary>
    public ModelCase Revise(int amount, int path, Who? modifier, double now) => this with
    {
        State = ApprovalState.Pending,
        Revision = Revision + 1,
        Amount = amount,
        Amounts = Amounts.Add(amount),
        Path = path,
        Modifier = modifier,
        Votes = Votes.Clear(),
        IsLeadIn = IsLeadDue(now),
    };

    /// <summary>How many different people say yes who may: not whoever made the revision, and nobody whose session was taken back.</summary>
    public int Yes(ImmutableHashSet<Who> revoked) => Votes
        .Where(vote => vote.Value && !revoked.Contains(vote.Key) && (Modifier is null || Person(vote.Key) != Person(Modifier.Value)))
        .Select(vote => Person(vote.Key))
        .Distinct()
        .Count();

    private static Who Person(Who who) => who is Who.Annie ? Who.Ann : who;
}

using System.Collections.Immutable;
using Touchstage.Safety.Approvals;

namespace Touchstage.Attacks.Tests.Histories;

/// <summary>
/// What the actions of one requester may come to where two people must say yes, as the design says it; pure, and written without a look at the store. Each move answers what
/// whoever makes it is told: <c>ok</c>, <c>again</c>, or a code.
/// </summary>
/// <param name="Now">Minutes since the beginning.</param>
/// <param name="Path">Which manifest is loaded.</param>
/// <param name="Cases">The approvals, oldest first; people act on the newest.</param>
/// <param name="Revoked">Approvers whose sessions were taken back.</param>
/// <param name="IsAgentRevoked">Whether the requester's was.</param>
/// <param name="Unknown">Amounts of which nobody knows whether they were paid.</param>
/// <param name="PaidAt">When an amount was last paid.</param>
/// <param name="Sent">What the upstream received.</param>
internal sealed record PeopleModel(
    double Now,
    int Path,
    ImmutableList<ModelCase> Cases,
    ImmutableHashSet<Who> Revoked,
    bool IsAgentRevoked,
    ImmutableHashSet<int> Unknown,
    ImmutableDictionary<int, double> PaidAt,
    ImmutableList<string> Sent)
{
    private const int Quorum = 2;

    public static PeopleModel Start(int path) => new(0, path, [], [], false, [], ImmutableDictionary<int, double>.Empty, []);

    public ModelCase? Newest => Cases.IsEmpty ? null : Cases[^1];

    public (PeopleModel Next, string Answer) Propose(int amount)
    {
        if (IsAgentRevoked)
        {
            return (this, "invalid_session");
        }

        if (Cases.Any(one => one.Amounts.Contains(amount) && one.IsLive(Now)))
        {
            return (this, "same");
        }

        if (Unknown.Contains(amount))
        {
            return (this, "unsettled");
        }

        if (PaidAt.TryGetValue(amount, out var paidAt) && Now - paidAt < 1)
        {
            return (this, "completed");
        }

        var remembered = Cases.Where(one => one.Amounts.Contains(amount) && Now - one.ClosedAt < ModelCase.Day).ToArray();
        if (remembered.Any(one => one.State is ApprovalState.Rejected))
        {
            return (this, "rejected");
        }

        if (remembered.Any(one => one.State is ApprovalState.Succeeded or ApprovalState.Failed or ApprovalState.Unknown && one.Amount != amount))
        {
            return (this, "modified_instead");
        }

        return (this with { Cases = Cases.Add(new(ApprovalState.Pending, Now, 0, 1, amount, [amount], Path, null, ImmutableSortedDictionary<Who, bool>.Empty, false)) }, "ok");
    }

    /// <summary>A vote of somebody who saw a revision.</summary>
    public (PeopleModel Next, string Answer) Vote(Who who, bool isYes, int seen)
    {
        if (MayNot(who) is { } no)
        {
            return (this, no);
        }

        var one = Newest!;
        if (seen != one.Revision)
        {
            return (this, "newer_revision");
        }

        if (one.Votes.TryGetValue(who, out var before))
        {
            return (this, before == isYes ? "again" : "already_decided");
        }

        if (one.Shown(Now) is not ApprovalState.Pending)
        {
            return (this, "already_decided");
        }

        one = one with { Votes = one.Votes.Add(who, isYes) };
        return (With(!isYes ? one.Close(ApprovalState.Rejected, Now) : one.Yes(Revoked) >= Quorum ? one with { State = ApprovalState.Approved, IsLeadIn = false } : one), "ok");
    }

    public (PeopleModel Next, string Answer) Modify(Who who, int amount) =>
        MayNot(who) is { } no ? (this, no)
        : Newest!.Shown(Now) is not ApprovalState.Pending ? (this, "already_decided")
        : Cases.Exists(one => one != Newest && one.Amounts.Contains(amount) && one.IsLive(Now)) || Unknown.Contains(amount) || (PaidAt.TryGetValue(amount, out var paidAt) && Now - paidAt < 1)
        ? (this, "already_stands")
        : (With(Newest.Revise(amount, Path, who, Now)), "ok");

    public (PeopleModel Next, string Answer) Note(Who who) => (this, MayNot(who) ?? (Newest!.IsLive(Now) ? "ok" : "already_decided"));

    public (PeopleModel Next, string Answer) Withdraw() =>
        Newest!.IsLive(Now) ? (With(Newest.Close(ApprovalState.Withdrawn, Now)), "ok")
        : (this, Newest.State is ApprovalState.Withdrawn ? "ok" : "already_decided");

    /// <summary>Somebody found out what became of it; one person is enough.</summary>
    public (PeopleModel Next, string Answer) Resolve(Who who, bool happened)
    {
        if (MayNot(who) is { } no)
        {
            return (this, no);
        }

        if (Newest!.State is not ApprovalState.Unknown)
        {
            return (this, Newest.State is ApprovalState.Succeeded or ApprovalState.Failed ? "already_settled" : "outcome_not_unknown");
        }

        var next = With(Newest.Close(happened ? ApprovalState.Succeeded : ApprovalState.Failed, Now)) with { Unknown = Unknown.Remove(Newest.Amount) };
        return (happened ? next with { PaidAt = next.PaidAt.SetItem(Newest.Amount, Now) } : next, "ok");
    }

    public PeopleModel Revoke(Who who) => this with { Revoked = Revoked.Add(who) };

    public PeopleModel RevokeAgent() => this with { IsAgentRevoked = true, Cases = [.. Cases.Select(one => one.IsLive(Now) ? one.Close(ApprovalState.Withdrawn, Now) : one)] };

    public PeopleModel Pass(double minutes) => this with { Now = Now + minutes };

    public PeopleModel Load(int path) => this with { Path = path };

    /// <summary>A server does what is due; one that crashes dies when the upstream has answered.</summary>
    public PeopleModel Sweep(bool crashes)
    {
        var next = this;
        for (var at = 0; at < Cases.Count; at++)
        {
            next = next.Sweep(at, crashes);
        }

        return next;
    }

    private PeopleModel Sweep(int at, bool crashes)
    {
        var one = Cases[at];
        if (one.Shown(Now) is ApprovalState.Expired)
        {
            return With(one.State is ApprovalState.Expired ? one : one.Close(ApprovalState.Expired, Now), at);
        }

        return one.State switch
        {
            ApprovalState.Executing => With(one.Close(ApprovalState.Unknown, Now), at),
            ApprovalState.Pending => With(one with { IsLeadIn = one.IsLeadDue(Now) }, at),
            ApprovalState.Approved when one.Yes(Revoked) < Quorum || (one.Modifier is { } modifier && Revoked.Contains(modifier)) => With(one.Close(ApprovalState.Refused, Now), at),
            ApprovalState.Approved when one.Path != Path => With(one.Revise(one.Amount, Path, one.Modifier, Now), at),
            ApprovalState.Approved when !Unknown.Contains(one.Amount) => Carry(one, at, crashes),
            _ => this,
        };
    }

    private PeopleModel Carry(ModelCase one, int at, bool crashes)
    {
        var sent = this with { Sent = Sent.Add($"{one.Amount} to /v{one.Path}") };
        return crashes
            ? sent.With(one with { State = ApprovalState.Executing }, at) with { Unknown = Unknown.Add(one.Amount) }
            : sent.With(one.Close(ApprovalState.Succeeded, Now), at) with { PaidAt = PaidAt.SetItem(one.Amount, Now) };
    }

    /// <summary>Whether an approver sees it in the queue.</summary>
    public bool IsQueued(Who who) => Newest is { State: ApprovalState.Pending } one && one.IsLive(Now) && who is not Who.Self && (who is not Who.Lea || one.IsLeadIn);

    private string? MayNot(Who who) => who is Who.Self ? "own_request" : who is Who.Lea && !Newest!.IsLeadDue(Now) ? "unknown_approval" : null;

    private PeopleModel With(ModelCase one) => With(one, Cases.Count - 1);

    private PeopleModel With(ModelCase one, int at) => this with { Cases = Cases.SetItem(at, one) };
}

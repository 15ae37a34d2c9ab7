using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>
/// What the approvals of one proposed action should do, in memory and without a store: the reference that random histories are held against. People may change the action to
/// another and back; voter 3 is the person behind voter 0; another role comes in after an hour.
/// </summary>
internal sealed class ApprovalModel(int quorum)
{
    public static readonly TimeSpan Expires = TimeSpan.FromHours(2);
    public static readonly TimeSpan LeadAfter = TimeSpan.FromHours(1);
    public static readonly TimeSpan StepLasts = TimeSpan.FromSeconds(30);

    private readonly Dictionary<int, bool> votes = [];
    private readonly HashSet<int> revoked = [];
    private readonly List<ModelStep> steps = [];
    private DateTimeOffset? rejectedAt;
    private DateTimeOffset? changedAt;
    private DateTimeOffset createdAt;
    private int? modifier;

    public ApprovalState? State { get; private set; }

    public int Revision { get; private set; }

    /// <summary>Whether what the current revision would do is not what was proposed.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether it stands in the queue of those who come in later, too.</summary>
    public bool IsLeadIn { get; private set; }

    private bool IsLive => State is ApprovalState.Pending or ApprovalState.Approved;

    public HoldKind Hold(DateTimeOffset now)
    {
        if (State == ApprovalState.Executing || (IsLive && createdAt + Expires > now))
        {
            return HoldKind.AlreadyHeld;
        }

        if (steps.Exists(step => !step.IsChanged && (step.IsOpen || (step.Status == StepStatus.Completed && step.SettledAt > now.AddSeconds(-60)))))
        {
            return HoldKind.Repeats;
        }

        if (rejectedAt > now.AddHours(-24))
        {
            return HoldKind.RejectedBefore;
        }

        if (changedAt > now.AddHours(-24))
        {
            return HoldKind.ModifiedBefore;
        }

        (State, Revision, createdAt, IsChanged, modifier) = (ApprovalState.Pending, 1, now, false, null);
        steps.ForEach(step => step.IsOfCurrent = false);
        votes.Clear();
        Keep(now);
        return HoldKind.Held;
    }

    public VoteKind Vote(int voter, bool approves, DateTimeOffset now)
    {
        if (votes.ContainsKey(voter))
        {
            return VoteKind.AlreadyVoted;
        }

        if (State != ApprovalState.Pending || createdAt + Expires <= now)
        {
            return VoteKind.NotPending;
        }

        votes[voter] = approves;
        if (!approves)
        {
            (State, rejectedAt) = (ApprovalState.Rejected, now);
            Keep(now);
            return VoteKind.Decided;
        }

        if (Yes() < quorum)
        {
            return VoteKind.Recorded;
        }

        State = ApprovalState.Approved;
        Keep(now);
        return VoteKind.Decided;
    }

    public void Revoke(int voter) => revoked.Add(voter);

    public VoteKind Modify(int who, DateTimeOffset now)
    {
        if (State != ApprovalState.Pending || createdAt + Expires <= now)
        {
            return VoteKind.NotPending;
        }

        if (steps.Exists(step => step.IsChanged != IsChanged && (step.IsOpen || (step.Status == StepStatus.Completed && step.SettledAt > now.AddSeconds(-60)))))
        {
            return VoteKind.StandsElsewhere;
        }

        (IsChanged, modifier) = (!IsChanged, who);
        Next(now);
        if (quorum > 1)
        {
            return VoteKind.Recorded;
        }

        return Vote(who, approves: true, now);
    }

    public ApprovalWrite Revise(DateTimeOffset now)
    {
        if (!IsLive || createdAt + Expires <= now)
        {
            return ApprovalWrite.MovedOn;
        }

        Next(now);
        return ApprovalWrite.Written;
    }

    public ApprovalWrite Escalate(DateTimeOffset now)
    {
        if (State != ApprovalState.Pending || IsLeadIn || createdAt + LeadAfter > now || createdAt + Expires <= now)
        {
            return ApprovalWrite.MovedOn;
        }

        Keep(now);
        return ApprovalWrite.Written;
    }

    public ApprovalWrite Note(DateTimeOffset now) => IsLive && createdAt + Expires > now ? ApprovalWrite.Written : ApprovalWrite.MovedOn;

    public ApprovalWrite Withdraw(DateTimeOffset now) => createdAt + Expires > now ? End(ApprovalState.Withdrawn, now) : ApprovalWrite.MovedOn;

    public ApprovalWrite Expire(DateTimeOffset now) => createdAt + Expires > now ? throw new InvalidOperationException("Nobody ends it before its time.") : End(ApprovalState.Expired, now);

    public AdmissionKind Claim(DateTimeOffset now)
    {
        if (steps.Exists(step => step.IsChanged == IsChanged && step.IsOpen))
        {
            return AdmissionKind.Duplicate;
        }

        var isModifierGone = modifier is { } who && revoked.Contains(who);
        if (State != ApprovalState.Approved || createdAt + Expires <= now || Yes() < quorum || isModifierGone)
        {
            return AdmissionKind.ClaimLost;
        }

        State = ApprovalState.Executing;
        steps.Add(new(IsChanged));
        return AdmissionKind.Written;
    }

    /// <summary>Settles the newest step.</summary>
    public SettleKind Settle(StepStatus status, DateTimeOffset now)
    {
        var step = steps[^1];
        if (step.Status is StepStatus.Completed or StepStatus.Failed || (step.Status == StepStatus.Unknown && status == StepStatus.Unknown))
        {
            return SettleKind.AlreadySettled;
        }

        (step.Status, step.SettledAt) = (status, now);
        changedAt = step.IsChanged ? now : changedAt;
        if (step.IsOfCurrent)
        {
            State = status switch
            {
                StepStatus.Completed => ApprovalState.Succeeded,
                StepStatus.Failed => ApprovalState.Failed,
                _ => ApprovalState.Unknown,
            };
        }

        return SettleKind.Written;
    }

    private ApprovalWrite End(ApprovalState state, DateTimeOffset now)
    {
        if (!IsLive)
        {
            return ApprovalWrite.MovedOn;
        }

        State = state;
        Keep(now);
        return ApprovalWrite.Written;
    }

    private void Next(DateTimeOffset now)
    {
        (State, Revision) = (ApprovalState.Pending, Revision + 1);
        votes.Clear();
        Keep(now);
    }

    private void Keep(DateTimeOffset now) => IsLeadIn = State == ApprovalState.Pending && createdAt + LeadAfter <= now;

    // Different people: not whoever made the revision above a quorum of one, and nobody whose session was taken back.
    private int Yes() => votes
        .Where(vote => vote.Value && !revoked.Contains(vote.Key) && (quorum == 1 || modifier is null || vote.Key % 3 != modifier % 3))
        .Select(vote => vote.Key % 3)
        .Distinct()
        .Count();
}

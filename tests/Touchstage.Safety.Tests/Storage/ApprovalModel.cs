using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>What the approvals of one action should do, in memory and without a store: the reference that random histories are held against.</summary>
internal sealed class ApprovalModel(int quorum)
{
    public static readonly TimeSpan Expires = TimeSpan.FromHours(2);
    public static readonly TimeSpan StepLasts = TimeSpan.FromSeconds(30);

    private readonly Dictionary<int, bool> votes = [];
    private readonly HashSet<int> revoked = [];
    private DateTimeOffset? rejectedAt;
    private DateTimeOffset expiresAt;
    private DateTimeOffset settledAt;
    private StepStatus? step;
    private bool isStepOfApproval;

    public ApprovalState? State { get; private set; }

    public int Revision { get; private set; }

    private bool IsLive => State is ApprovalState.Pending or ApprovalState.Approved;

    public HoldKind Hold(DateTimeOffset now)
    {
        if (State == ApprovalState.Executing || (IsLive && expiresAt > now))
        {
            return HoldKind.AlreadyHeld;
        }

        if (step is StepStatus.InFlight or StepStatus.Unknown || (step == StepStatus.Completed && settledAt > now.AddSeconds(-60)))
        {
            return HoldKind.Repeats;
        }

        if (rejectedAt > now.AddHours(-24))
        {
            return HoldKind.RejectedBefore;
        }

        (State, Revision, expiresAt, isStepOfApproval) = (ApprovalState.Pending, 1, now + Expires, false);
        votes.Clear();
        return HoldKind.Held;
    }

    public VoteKind Vote(int voter, bool approves, DateTimeOffset now)
    {
        if (votes.ContainsKey(voter))
        {
            return VoteKind.AlreadyVoted;
        }

        if (State != ApprovalState.Pending || expiresAt <= now)
        {
            return VoteKind.NotPending;
        }

        votes[voter] = approves;
        if (!approves)
        {
            (State, rejectedAt) = (ApprovalState.Rejected, now);
            return VoteKind.Decided;
        }

        if (votes.Keys.Count(key => !revoked.Contains(key)) < quorum)
        {
            return VoteKind.Recorded;
        }

        State = ApprovalState.Approved;
        return VoteKind.Decided;
    }

    public void Revoke(int voter) => revoked.Add(voter);

    public ApprovalWrite Revise(DateTimeOffset now)
    {
        if (!IsLive || expiresAt <= now)
        {
            return ApprovalWrite.MovedOn;
        }

        (State, Revision) = (ApprovalState.Pending, Revision + 1);
        votes.Clear();
        return ApprovalWrite.Written;
    }

    public ApprovalWrite Withdraw()
    {
        if (!IsLive)
        {
            return ApprovalWrite.MovedOn;
        }

        State = ApprovalState.Withdrawn;
        return ApprovalWrite.Written;
    }

    public AdmissionKind Claim(DateTimeOffset now)
    {
        if (step is StepStatus.InFlight or StepStatus.Unknown)
        {
            return AdmissionKind.Duplicate;
        }

        if (State != ApprovalState.Approved || expiresAt <= now)
        {
            return AdmissionKind.ClaimLost;
        }

        if (votes.Count(vote => vote.Value && !revoked.Contains(vote.Key)) < quorum)
        {
            return AdmissionKind.ClaimLost;
        }

        (State, step, isStepOfApproval) = (ApprovalState.Executing, StepStatus.InFlight, true);
        return AdmissionKind.Written;
    }

    public SettleKind Settle(StepStatus status, DateTimeOffset now)
    {
        if (step is StepStatus.Completed or StepStatus.Failed || (step == StepStatus.Unknown && status == StepStatus.Unknown))
        {
            return SettleKind.AlreadySettled;
        }

        (step, settledAt) = (status, now);
        if (isStepOfApproval)
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
}

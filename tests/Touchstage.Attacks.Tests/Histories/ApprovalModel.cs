using Touchstage.Safety.Approvals;

namespace Touchstage.Attacks.Tests.Histories;

/// <summary>What an action that always needs a person may come to, as the design says it; pure, and written without a look at the store.</summary>
internal sealed record ApprovalModel(ApprovalState? State, double Now, double At, double? RejectedAt, double? SucceededAt, bool IsUnknown, bool IsRevoked, int Requests)
{
    private const double Day = 24 * 60;

    public static readonly ApprovalModel Nothing = new(null, 0, 0, null, null, false, false, 0);

    private bool IsOver => State is ApprovalState.Pending or ApprovalState.Approved && Now >= At + Day;

    /// <summary>The state that a reader is shown.</summary>
    public ApprovalState? Shown => IsOver ? ApprovalState.Expired : State;

    public (ApprovalModel Next, string Answer) Propose() => this switch
    {
        { IsRevoked: true } => (this, "invalid_session"),
        { State: ApprovalState.Pending or ApprovalState.Approved, IsOver: false } => (this, "same"),
        { IsUnknown: true } => (this, "unsettled"),
        { SucceededAt: { } at } when Now - at < 1 => (this, "completed"),
        { RejectedAt: { } at } when Now - at < Day => (this, "rejected"),
        _ => (this with { State = ApprovalState.Pending, At = Now }, "new"),
    };

    public (ApprovalModel Next, bool IsTaken) Vote(bool approve) => this switch
    {
        { State: ApprovalState.Pending, IsOver: false } => approve
            ? (this with { State = ApprovalState.Approved }, true)
            : (this with { State = ApprovalState.Rejected, RejectedAt = Now }, true),
        _ => (this, false),
    };

    public ApprovalModel Revoke() => this with { IsRevoked = true, State = State is ApprovalState.Pending or ApprovalState.Approved && !IsOver ? ApprovalState.Withdrawn : State };

    public ApprovalModel Pass(double minutes) => this with { Now = Now + minutes };

    public ApprovalModel Sweep(bool crashes) => this switch
    {
        { IsOver: true } => this with { State = ApprovalState.Expired },
        { State: ApprovalState.Approved } when crashes => this with { State = ApprovalState.Unknown, IsUnknown = true, Requests = Requests + 1 },
        { State: ApprovalState.Approved } => this with { State = ApprovalState.Succeeded, SucceededAt = Now, Requests = Requests + 1 },
        _ => this,
    };
}

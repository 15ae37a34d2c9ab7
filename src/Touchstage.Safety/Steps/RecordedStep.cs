using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Steps;

/// <summary>Proof of <c>record</c>: the step is durably in the journal and the ledger, its limits are reserved and its approval, if any, is claimed.</summary>
internal sealed partial class RecordedStep
{
    private int spent;

    private RecordedStep(PermittedAction action, string id, DateTimeOffset at, string argumentsSalt, string? permittedBy)
    {
        Action = action;
        Id = id;
        At = at;
        ArgumentsSalt = argumentsSalt;
        PermittedBy = permittedBy;
        Request = action.Request.For(id);
    }

    /// <summary>What was permitted.</summary>
    public PermittedAction Action { get; }

    /// <summary>The step's id and <c>txn</c>.</summary>
    public string Id { get; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The salt of the token's <c>args_digest</c>, hex.</summary>
    public string ArgumentsSalt { get; }

    /// <summary>The allow rule whose limits were charged, or null (a fact, an approval).</summary>
    public string? PermittedBy { get; }

    /// <summary>The very request that will be sent, idempotency header included.</summary>
    public UpstreamRequest Request { get; }

    /// <summary>True the first time only: a proof is spent once.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;
}

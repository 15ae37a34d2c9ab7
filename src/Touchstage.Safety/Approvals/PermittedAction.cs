using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// Proof of <c>permit</c>. It has three sources: a judgement that permits, a grant for the same tenant and digest, and a look-up that the proposed action's capability declares.
/// </summary>
internal sealed partial class PermittedAction
{
    private PermittedAction(
        ProposedAction action, Judgement? judgement, Grant? grant, LookUp? lookUp, UpstreamRequest request, UpstreamRequest maskedRequest, ImmutableArray<ImmutableArray<LimitUse>> candidates)
    {
        Action = action;
        Judgement = judgement;
        Grant = grant;
        LookUp = lookUp;
        Request = request;
        MaskedRequest = maskedRequest;
        Candidates = candidates;
    }

    /// <summary>The action.</summary>
    public ProposedAction Action { get; }

    /// <summary>How it was judged; null for a look-up, which is judged by nobody.</summary>
    public Judgement? Judgement { get; }

    /// <summary>The grant it is permitted by, or null.</summary>
    public Grant? Grant { get; }

    /// <summary>What is looked up, or null for the action itself.</summary>
    public LookUp? LookUp { get; }

    /// <summary>The request that is permitted.</summary>
    public UpstreamRequest Request { get; }

    /// <summary>The request with sensitive values masked, for people and the ledger.</summary>
    public UpstreamRequest MaskedRequest { get; }

    /// <summary>The limit uses of each permitting rule, in order; at least one set.</summary>
    public ImmutableArray<ImmutableArray<LimitUse>> Candidates { get; }

    /// <summary>The step token's scope: the capability, <c>fact:CAPABILITY.FACT</c> or <c>verify:CAPABILITY</c>.</summary>
    public string Scope => LookUp?.Scope ?? Action.Capability.Name;

    /// <summary>How long the upstream may take.</summary>
    public TimeSpan Timeout => LookUp?.Timeout ?? Action.Capability.Timeout;
}

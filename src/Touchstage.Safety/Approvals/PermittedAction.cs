using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// Proof of <c>permit</c>. It has three sources: a judgement that permits, a grant for the same tenant and digest, and a declared fact of a proposed action.
/// </summary>
internal sealed partial class PermittedAction
{
    private PermittedAction(
        ProposedAction action, Judgement? judgement, Grant? grant, FactDeclaration? fact, UpstreamRequest request, UpstreamRequest maskedRequest, ImmutableArray<ImmutableArray<LimitUse>> candidates)
    {
        Action = action;
        Judgement = judgement;
        Grant = grant;
        Fact = fact;
        Request = request;
        MaskedRequest = maskedRequest;
        Candidates = candidates;
    }

    /// <summary>The action.</summary>
    public ProposedAction Action { get; }

    /// <summary>How it was judged; null for a fact, which is looked up in order to judge.</summary>
    public Judgement? Judgement { get; }

    /// <summary>The grant it is permitted by, or null.</summary>
    public Grant? Grant { get; }

    /// <summary>The fact that is looked up, or null for the action itself.</summary>
    public FactDeclaration? Fact { get; }

    /// <summary>The request that is permitted.</summary>
    public UpstreamRequest Request { get; }

    /// <summary>The request with sensitive values masked, for people and the ledger.</summary>
    public UpstreamRequest MaskedRequest { get; }

    /// <summary>The limit uses of each permitting rule, in order; at least one set.</summary>
    public ImmutableArray<ImmutableArray<LimitUse>> Candidates { get; }

    /// <summary>The step token's scope: the capability, or <c>fact:CAPABILITY.FACT</c>.</summary>
    public string Scope => Fact is null ? Action.Capability.Name : $"fact:{Action.Capability.Name}.{Fact.Name}";

    /// <summary>How long the upstream may take.</summary>
    public TimeSpan Timeout => Fact?.Timeout ?? Action.Capability.Timeout;
}

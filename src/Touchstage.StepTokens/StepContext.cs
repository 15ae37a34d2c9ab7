namespace Touchstage.StepTokens;

/// <summary>Claim <c>tctx</c>: what the step is, and the one request that it is good for.</summary>
public sealed class StepContext
{
    /// <summary>The tenant; equals the first part of <c>sub</c>.</summary>
    public required string Tenant { get; init; }

    /// <summary>The capability, such as <c>refund_user</c>; also for a fact's token.</summary>
    public required string Capability { get; init; }

    /// <summary>The connection's name, such as <c>billing</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>A digest of the canonical arguments, salted per step, so that equal arguments do not show. Opaque to the API.</summary>
    public required string ArgumentsDigest { get; init; }

    /// <summary>The request: written as <c>htm</c>, <c>htu</c>, <c>hdr_digest</c>, <c>hdr_names</c> and <c>body_digest</c>.</summary>
    public required RequestBinding Binding { get; init; }

    /// <summary>The approval that permitted the step; null where a policy alone did.</summary>
    public StepApproval? Approval { get; init; }
}

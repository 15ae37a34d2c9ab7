namespace Touchstage.Safety.Egress;

/// <summary>Why there is no answer.</summary>
/// <param name="Kind">Whether the upstream may have seen the request.</param>
/// <param name="Fault">What went wrong.</param>
internal sealed record EgressFailure(EgressFailureKind Kind, EgressFault Fault);

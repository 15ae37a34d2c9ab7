namespace Touchstage.Safety.Egress;

/// <summary>Whether the upstream may have seen a failed request. <c>default</c> is the cautious one.</summary>
internal enum EgressFailureKind
{
    /// <summary>At least one byte of the request was handed to the connection.</summary>
    MaybeSent,

    /// <summary>Not one byte of it was.</summary>
    NotSent,
}

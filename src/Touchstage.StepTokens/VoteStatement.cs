namespace Touchstage.StepTokens;

/// <summary>The claims of one vote: who answered what to which bytes. Immutable; what a statement says, not proof that anybody signed it.</summary>
public sealed record VoteStatement
{
    /// <summary><c>iss</c>: the server that took the vote.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>iat</c>: when it was cast; written in whole seconds, rounded down.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary><c>tenant</c>: the tenant; equals the first part of <c>sub</c>.</summary>
    public required string Tenant { get; init; }

    /// <summary><c>approval</c>: the approval's id.</summary>
    public required string Approval { get; init; }

    /// <summary><c>revision</c>: the revision that was shown, from 1.</summary>
    public required long Revision { get; init; }

    /// <summary>
    /// <c>revision_digest</c>: <c>sha256:HEX</c> of all that was shown (requester, capability, manifest, connection, arguments, request, reasons). Opaque to the API.
    /// </summary>
    public required string RevisionDigest { get; init; }

    /// <summary><c>request_digest</c>: <c>sha256:HEX</c> of the request that was shown, see <see cref="StepTokens.RequestDigest"/>.</summary>
    public required string RequestDigest { get; init; }

    /// <summary><c>sub</c>: who voted.</summary>
    public required StepSubject Voter { get; init; }

    /// <summary><c>decision</c>: what they answered.</summary>
    public required VoteAnswer Answer { get; init; }

    /// <summary><c>channel</c>: through which door: <c>prompt</c>, <c>elicitation</c>, <c>inbox</c> or <c>cli</c>.</summary>
    public required string Channel { get; init; }

    /// <summary><c>tag</c>: what the decision teaches, such as <c>policy_too_strict</c>; null for none.</summary>
    public string? Tag { get; init; }
}

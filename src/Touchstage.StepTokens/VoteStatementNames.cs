namespace Touchstage.StepTokens;

/// <summary>
/// The fixed words of the vote statement format. Its <c>iss</c>, <c>iat</c>, <c>sub</c> and <c>tenant</c> are spelled as in a step token, see <see cref="StepTokenNames"/>.
/// </summary>
public static class VoteStatementNames
{
    /// <summary>The JWS header <c>typ</c>. No step token has it, and a statement has no other, so neither can pass for the other.</summary>
    public const string Type = "touchstage-vote+jwt";

    /// <summary>Claim <c>approval</c>: the approval's id.</summary>
    public const string Approval = "approval";

    /// <summary>Claim <c>revision</c>: the revision that was shown, from 1.</summary>
    public const string Revision = "revision";

    /// <summary>Claim <c>revision_digest</c>: the digest of all that was shown.</summary>
    public const string RevisionDigest = "revision_digest";

    /// <summary>Claim <c>request_digest</c>: the digest of the request that was shown, see <see cref="StepTokens.RequestDigest"/>.</summary>
    public const string RequestDigest = "request_digest";

    /// <summary>Claim <c>decision</c>: <see cref="Approve"/> or <see cref="Reject"/>.</summary>
    public const string Decision = "decision";

    /// <summary>Claim <c>channel</c>: through which door the person came.</summary>
    public const string Channel = "channel";

    /// <summary>Claim <c>tag</c>, only where the person gave one: what the decision teaches.</summary>
    public const string Tag = "tag";

    /// <summary>A yes.</summary>
    public const string Approve = "approve";

    /// <summary>A no.</summary>
    public const string Reject = "reject";
}

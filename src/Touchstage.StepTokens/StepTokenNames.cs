namespace Touchstage.StepTokens;

/// <summary>The fixed words of the step token format: a profile of IETF Transaction Tokens, request-bound and single-use.</summary>
public static class StepTokenNames
{
    /// <summary>The JWS header <c>typ</c> of a token that travels in the <c>Txn-Token</c> header, beside the tenant's own credential.</summary>
    public const string TxnTokenType = "txntoken+jwt";

    /// <summary>The JWS header <c>typ</c> of a token that travels as <c>Authorization: Bearer</c>, where the API trusts Touchstage alone.</summary>
    public const string BearerType = "touchstage-step+jwt";

    /// <summary>The request header of a token with <see cref="TxnTokenType"/>.</summary>
    public const string TxnTokenHeader = "Txn-Token";

    /// <summary>The request header of a token with <see cref="BearerType"/>; its value is <c>Bearer TOKEN</c>.</summary>
    public const string AuthorizationHeader = "Authorization";

    /// <summary>The only signature algorithm: ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).</summary>
    public const string Algorithm = "ES256";

    /// <summary>A fact's scope is this prefix, the capability, a dot and the fact: <c>fact:refund_user.customer</c>.</summary>
    public const string FactScopePrefix = "fact:";

    /// <summary>Claim <c>iss</c>: who minted the token.</summary>
    public const string Issuer = "iss";

    /// <summary>Claim <c>iat</c>: when, in whole Unix seconds.</summary>
    public const string IssuedAt = "iat";

    /// <summary>Claim <c>exp</c>: when it stops being good, in whole Unix seconds.</summary>
    public const string ExpiresAt = "exp";

    /// <summary>Claim <c>aud</c>: the trust domain of the connection, one string.</summary>
    public const string Audience = "aud";

    /// <summary>Claim <c>txn</c>: the step's id; also the value of the idempotency header.</summary>
    public const string Transaction = "txn";

    /// <summary>Claim <c>jti</c>: the id of this one token.</summary>
    public const string TokenId = "jti";

    /// <summary>Claim <c>sub</c>: for whom the step runs, see <see cref="StepSubject"/>.</summary>
    public const string Subject = "sub";

    /// <summary>Claim <c>scope</c>: the capability, or a fact's scope (<see cref="FactScopePrefix"/>).</summary>
    public const string Scope = "scope";

    /// <summary>Claim <c>req_wl</c>: the workload id of the server that asked.</summary>
    public const string Workload = "req_wl";

    /// <summary>Claim <c>tctx</c>: what the step is and which request it is good for, see <see cref="StepContext"/>.</summary>
    public const string Context = "tctx";

    /// <summary>Claim <c>rctx</c>: where the step came from, see <see cref="StepOrigin"/>.</summary>
    public const string Origin = "rctx";

    /// <summary>Member of <c>tctx</c>: the tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>Member of <c>tctx</c>: the capability.</summary>
    public const string Capability = "capability";

    /// <summary>Member of <c>tctx</c>: the connection.</summary>
    public const string Connection = "connection";

    /// <summary>Member of <c>tctx</c>: the digest of the arguments, salted per step.</summary>
    public const string ArgumentsDigest = "args_digest";

    /// <summary>Member of <c>tctx</c>: the HTTP method.</summary>
    public const string Method = "htm";

    /// <summary>Member of <c>tctx</c>: the whole target URI, with query, without fragment.</summary>
    public const string TargetUri = "htu";

    /// <summary>Member of <c>tctx</c>: the digest of the covered headers.</summary>
    public const string HeadersDigest = "hdr_digest";

    /// <summary>Member of <c>tctx</c>: the names of the covered headers, lowercase, sorted.</summary>
    public const string HeaderNames = "hdr_names";

    /// <summary>Member of <c>tctx</c>: the digest of the content.</summary>
    public const string BodyDigest = "body_digest";

    /// <summary>Member of <c>tctx</c>, only where people decided: the approval, see <see cref="StepApproval"/>.</summary>
    public const string Approval = "approval";

    /// <summary>Member of <c>tctx.approval</c>: the approval's id.</summary>
    public const string ApprovalId = "id";

    /// <summary>Member of <c>tctx.approval</c>: the revision that was approved, from 1.</summary>
    public const string ApprovalRevision = "revision";

    /// <summary>Member of <c>tctx.approval</c>: the digest of what people were shown.</summary>
    public const string ApprovalDigest = "digest";

    /// <summary>Member of <c>tctx.approval</c>: who approved it, one string each.</summary>
    public const string ApprovedBy = "approved_by";

    /// <summary>Member of <c>tctx.approval</c>: the votes, one signed <see cref="VoteStatement"/> each.</summary>
    public const string Statements = "statements";

    /// <summary>Member of <c>rctx</c>: the MCP client.</summary>
    public const string Client = "client";

    /// <summary>Member of <c>rctx</c>: how it was connected.</summary>
    public const string Transport = "transport";
}

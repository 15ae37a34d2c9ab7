namespace Touchstage.StepTokens;

/// <summary>
/// The permanent codes of the checks, in the order in which they are made. For the API owner's log only: whoever sent the token
/// learns no more than <c>invalid_token</c>.
/// </summary>
public static class StepTokenFailures
{
    /// <summary>The token is not a compact JWS of at most 16 KiB with a strict JSON object as its header.</summary>
    public const string Malformed = "malformed";

    /// <summary>The JWS header has a member other than <c>typ</c>, <c>alg</c> and <c>kid</c>, such as <c>jku</c>, <c>jwk</c>, <c>x5u</c> or <c>crit</c>.</summary>
    public const string JoseHeader = "jose_header";

    /// <summary>The <c>typ</c> is not the one that belongs to the header in which the token came.</summary>
    public const string Type = "typ";

    /// <summary>The <c>alg</c> is not ES256.</summary>
    public const string Algorithm = "alg";

    /// <summary>The <c>kid</c> names no key of the issuer.</summary>
    public const string KeyId = "kid";

    /// <summary>The signature is not the named key's.</summary>
    public const string Signature = "signature";

    /// <summary>A claim is missing, empty or of another type, or a member is given twice.</summary>
    public const string Claims = "claims";

    /// <summary>The <c>iss</c> is not the expected issuer.</summary>
    public const string Issuer = "issuer";

    /// <summary>The <c>aud</c> is another API.</summary>
    public const string Audience = "audience";

    /// <summary>The <c>iat</c> is more than 5 s in the future.</summary>
    public const string NotYetValid = "not_yet_valid";

    /// <summary>The <c>exp</c> passed 5 s ago or more.</summary>
    public const string Expired = "expired";

    /// <summary>The <c>exp</c> is not after the <c>iat</c>, or more than 30 s and the skew of 5 s after it.</summary>
    public const string Lifetime = "lifetime";

    /// <summary>The account that the request reaches belongs to another tenant than the token's, or to none.</summary>
    public const string Tenant = "tenant";

    /// <summary>The <c>scope</c> is not one that the endpoint accepts, or not one of the token's own capability.</summary>
    public const string Scope = "scope";

    /// <summary>The request has another method.</summary>
    public const string Method = "method";

    /// <summary>The request has another target URI.</summary>
    public const string Url = "url";

    /// <summary>A covered header is missing, repeated or another, or a header that must be covered is not.</summary>
    public const string Headers = "headers";

    /// <summary>The request has other content.</summary>
    public const string Body = "body";

    /// <summary>
    /// The token names an approval, and its votes are not exactly the signed yes, to this very request, of the people whom it names; or there are none.
    /// </summary>
    public const string Approval = "approval";

    /// <summary>The token was used before. Only a replay store can tell, so <see cref="StepTokenValidator"/> never gives this code.</summary>
    public const string Replayed = "replayed";
}

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Where an authorization server is to be asked.</summary>
/// <param name="Issuer">Its issuer, or null where only endpoints are configured.</param>
/// <param name="TokenEndpoint">Where tokens are given.</param>
/// <param name="AuthorizationEndpoint">Where people consent, or null.</param>
/// <param name="NamesItself">Whether its authorization responses carry <c>iss</c> (RFC 9207).</param>
internal sealed record AuthorizationServer(string? Issuer, string TokenEndpoint, string? AuthorizationEndpoint, bool NamesItself)
{
    /// <summary>What a client's assertion is addressed to: the issuer, else the token endpoint (RFC 7523, section 3).</summary>
    public string AssertionAudience => Issuer ?? TokenEndpoint;
}

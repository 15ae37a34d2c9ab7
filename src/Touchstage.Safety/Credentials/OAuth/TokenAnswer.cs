namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>The tokens of a successful answer (RFC 6749, section 5.1). Prints as <c>***</c>.</summary>
internal sealed class TokenAnswer(string accessToken, string? refreshToken, DateTimeOffset expiresAt)
{
    /// <summary>When the access token stops being good: counted from before it was asked for, so never too late.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Whether there is a refresh token.</summary>
    public bool CanRefresh => refreshToken is not null;

    /// <summary>The access token.</summary>
    public string RevealAccessToken() => accessToken;

    /// <summary>The refresh token, or null.</summary>
    public string? RevealRefreshToken() => refreshToken;

    /// <inheritdoc/>
    public override string ToString() => "***";
}

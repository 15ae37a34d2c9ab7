namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>How a connection stands: what it has and what it lacks, and nothing of any secret or token.</summary>
/// <param name="Connection">Its name.</param>
/// <param name="BaseUrl">Where its API is.</param>
/// <param name="Auth">How it authenticates: <c>auth.type</c> in the manifest.</param>
/// <param name="Audience">The audience of its step tokens, or null.</param>
/// <param name="HasSecret">Whether its secret is kept; null if it needs none.</param>
/// <param name="IsAuthorized">Whether a person's consent is kept for it; null if it needs none.</param>
/// <param name="AccessExpiresAt">Until when the access token that is kept lasts; null if there is none, or it has expired.</param>
public sealed record ConnectionStanding(
    string Connection, string BaseUrl, string Auth, string? Audience, bool? HasSecret, bool? IsAuthorized, DateTimeOffset? AccessExpiresAt);

namespace Touchstage.Safety.Capabilities;

/// <summary>A tenant's connection as administration shows it; nothing of it is secret.</summary>
/// <param name="Name">The name that capabilities refer to.</param>
/// <param name="BaseUrl">Absolute URL without a trailing slash.</param>
/// <param name="Audience">The trust domain of its step tokens, or null where it gets none.</param>
/// <param name="IsPrivateNetwork">Whether it lies in a private network that the operator must open.</param>
/// <param name="Auth"><c>step_token</c>, <c>bearer</c> or <c>api_key</c>.</param>
/// <param name="NeedsSecret">Whether a secret must be set for it.</param>
public sealed record ConnectionDescription(string Name, string BaseUrl, string? Audience, bool IsPrivateNetwork, string Auth, bool NeedsSecret);

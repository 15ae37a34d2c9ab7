namespace Touchstage.Safety.Tenants;

/// <summary>One upstream API of one tenant.</summary>
/// <param name="Name">The name that capabilities refer to.</param>
/// <param name="BaseUrl">Absolute URL without query or fragment and without a trailing slash; requests never leave it.</param>
/// <param name="Audience">The trust domain of its step tokens; without one the API gets no step token.</param>
/// <param name="IsPrivateNetwork">Whether the tenant's manifest says <c>network: private</c>; the operator must have opened that network too.</param>
/// <param name="Auth">How to authenticate.</param>
internal sealed record Connection(string Name, string BaseUrl, string? Audience, bool IsPrivateNetwork, ConnectionAuth Auth);

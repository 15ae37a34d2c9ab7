namespace Storefront.Api.Accounts;

/// <summary>One customer organisation of the storefront, and the tenant whose step tokens may reach it.</summary>
public sealed record Account(string Name, string Tenant, IReadOnlyList<string> ApiKeys)
{
    /// <summary>Its OAuth clients, which get access tokens for it.</summary>
    public IReadOnlyList<OAuthClient> Clients { get; init; } = [];

    /// <summary>Prints no key.</summary>
    public override string ToString() => Name;
}

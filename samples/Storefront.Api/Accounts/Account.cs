namespace Storefront.Api.Accounts;

/// <summary>One customer organisation of the storefront, and the tenant whose step tokens may reach it.</summary>
public sealed record Account(string Name, string Tenant, IReadOnlyList<string> ApiKeys)
{
    /// <summary>Prints no key.</summary>
    public override string ToString() => Name;
}

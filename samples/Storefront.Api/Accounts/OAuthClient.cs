namespace Storefront.Api.Accounts;

/// <summary>An OAuth client of one account.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Secret">Its <c>client_secret</c>.</param>
public sealed record OAuthClient(string Id, string Secret)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => Id;
}

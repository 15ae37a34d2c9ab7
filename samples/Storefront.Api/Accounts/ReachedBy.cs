namespace Storefront.Api.Accounts;

/// <summary>With what a request reached its account, in the journal's words.</summary>
/// <param name="Credential"><c>api key</c>, <c>access token</c>, or <c>step token</c> where it is the only credential.</param>
internal sealed record ReachedBy(string Credential);

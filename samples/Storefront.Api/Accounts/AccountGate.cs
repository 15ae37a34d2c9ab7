using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Storefront.Api.Accounts;

/// <summary>
/// Finds the account that a request reaches: on <c>/v1</c> by its API key or access token, on <c>/accounts/{account}/v1</c> by its path. The step
/// token has no say in it; the kit then holds the token to the account's tenant.
/// </summary>
internal sealed class AccountGate(IEnumerable<Account> accounts, AccessTokens tokens)
{
    private const string BearerPrefix = "Bearer ";

    private readonly FrozenDictionary<string, Account> byName = accounts.ToFrozenDictionary(account => account.Name, StringComparer.Ordinal);

    // Keyed by digest, so that how long a look-up takes says nothing about a key.
    private readonly FrozenDictionary<string, Account> byKey = accounts
        .SelectMany(account => account.ApiKeys.Select(key => (Key: Digest(key), Account: account)))
        .ToFrozenDictionary(entry => entry.Key, entry => entry.Account, StringComparer.Ordinal);

    /// <summary>The tenant of the account that the request reaches, and the account kept for the endpoint; null if there is none.</summary>
    public string? TenantOf(HttpRequest request)
    {
        var (account, credential) = request.RouteValues.TryGetValue("account", out var name) ? (ByPath(request, name as string), "step token") : ByCredential(request);
        if (account is not null)
        {
            request.HttpContext.Features.Set(account);
            request.HttpContext.Features.Set(new ReachedBy(credential));
        }

        return account?.Tenant;
    }

    // On this door the step token is the bearer, so neither a Txn-Token nor a key has a place beside it.
    private Account? ByPath(HttpRequest request, string? name) =>
        name is not null && request.Headers["Txn-Token"].Count == 0 && request.Headers["X-Api-Key"].Count == 0 ? byName.GetValueOrDefault(name) : null;

    private (Account? Account, string Credential) ByCredential(HttpRequest request)
    {
        var plain = request.Headers["X-Api-Key"];
        var authorization = request.Headers.Authorization;
        var key = (plain.Count, authorization.Count) switch
        {
            (1, 0) => plain[0],
            (0, 1) when authorization[0]!.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) => authorization[0]![BearerPrefix.Length..],
            _ => null,
        };
        return string.IsNullOrEmpty(key) ? default
            : byKey.TryGetValue(Digest(key), out var account) ? (account, "api key")
            : (tokens.AccountOf(key), "access token");
    }

    private static string Digest(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

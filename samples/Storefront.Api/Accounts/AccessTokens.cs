using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Storefront.Api.Accounts;

/// <summary>The access tokens that the storefront has given: random, good for minutes, kept in memory and only as digests.</summary>
internal sealed class AccessTokens(IEnumerable<Account> accounts, TimeProvider clock)
{
    /// <summary>How every access token begins.</summary>
    public const string Mark = "sk_access_";

    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int Bytes = 32;
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, (Account Account, DateTimeOffset Until)> given = new(StringComparer.Ordinal);
    private readonly Account[] accounts = [.. accounts];

    /// <summary>A token for the account whose client has this secret; null for any other.</summary>
    public string? Give(string clientId, string clientSecret)
    {
        var account = Array.Find(accounts, account => account.Clients.Any(client => Same(client.Id, clientId) & Same(client.Secret, clientSecret)));
        if (account is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        foreach (var over in given.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key))
        {
            given.TryRemove(over, out _);
        }

        if (given.Count >= MostKept)
        {
            return null;
        }

        var token = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        given[Digest(token)] = (account, now + Lifetime);
        return token;
    }

    /// <summary>The account that the token reaches; null for one that was never given or is over.</summary>
    public Account? AccountOf(string token) => given.TryGetValue(Digest(token), out var entry) && entry.Until > clock.GetUtcNow() ? entry.Account : null;

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Hash(one), Hash(other));

    private static string Digest(string token) => Convert.ToHexString(Hash(token));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

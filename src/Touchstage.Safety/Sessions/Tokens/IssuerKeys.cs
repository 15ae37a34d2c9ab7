using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>The keys of every configured issuer, found by the metadata that it publishes (RFC 8414, OpenID Connect Discovery).</summary>
internal sealed partial class IssuerKeys(IIssuerDocuments documents, TimeProvider time, ILogger<IssuerKeys> log)
{
    private readonly ConcurrentDictionary<string, PublishedKeys> byIssuer = new(StringComparer.Ordinal);

    /// <summary>The issuer's keys, asked for anew if that one is not among them and it is not too soon; or why they cannot be had.</summary>
    /// <param name="issuer">A configured issuer; nothing that a token names on its own gets here.</param>
    /// <param name="keyId">The key that is wanted.</param>
    /// <param name="cancellation">Ends the wait, and not what others wait for.</param>
    public Task<Result<IssuerKeySet>> FindAsync(string issuer, string keyId, CancellationToken cancellation) =>
        byIssuer.GetOrAdd(issuer, one => new(() => AskAsync(one), time)).FindAsync(keyId, cancellation);

    private async Task<Result<IssuerKeySet>> AskAsync(string issuer)
    {
        var asked = await ReadAsync(issuer);
        if (asked.Refusal is { } refusal)
        {
            LogUnread(issuer, refusal.Reason);
        }

        return asked;
    }

    private async Task<Result<IssuerKeySet>> ReadAsync(string issuer)
    {
        var root = new Uri(issuer);
        foreach (var address in Addresses(root))
        {
            var answer = await documents.ReadAsync(root, address, CancellationToken.None);
            if (answer is { Status: >= 400 and < 500 })
            {
                continue;
            }

            if (answer is not { Status: 200 })
            {
                return TokenRefusals.IssuerSilent();
            }

            // Invariant: the metadata is the very issuer's, to the letter (RFC 8414, section 3.3).
            return StrictClaims.Read(answer.Body.Span) is { } metadata && metadata.Text("issuer") == issuer && Uri.TryCreate(metadata.Text("jwks_uri"), UriKind.Absolute, out var keys)
                ? await ReadKeysAsync(root, keys)
                : TokenRefusals.IssuerUnreadable();
        }

        return TokenRefusals.IssuerUnreadable();
    }

    private async Task<Result<IssuerKeySet>> ReadKeysAsync(Uri issuer, Uri address) => await documents.ReadAsync(issuer, address, CancellationToken.None) switch
    {
        { Status: 200, Body: var body } => IssuerKeySet.TryRead(body.Span) is { } keys ? keys : TokenRefusals.IssuerUnreadable(),
        _ => TokenRefusals.IssuerSilent(),
    };

    // RFC 8414, section 3.1, puts the well-known part before the issuer's path, OpenID Connect Discovery, section 4, behind it; the MCP authorization specification asks for these, in this order.
    private static ImmutableArray<Uri> Addresses(Uri issuer)
    {
        var (origin, path) = (issuer.GetLeftPart(UriPartial.Authority), issuer.AbsolutePath.TrimEnd('/'));
        string[] all = [$"/.well-known/oauth-authorization-server{path}", $"/.well-known/openid-configuration{path}", $"{path}/.well-known/openid-configuration"];
        return [.. all.Distinct(StringComparer.Ordinal).Select(at => new Uri(origin + at))];
    }

    [LoggerMessage(3401, LogLevel.Warning, "The keys of the issuer {Issuer} cannot be read, so its tokens are refused: {Reason}")]
    private partial void LogUnread(string issuer, string reason);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Finds a connection's authorization server: as configured, or by the metadata that its issuer publishes (RFC 8414, OpenID Connect Discovery).</summary>
internal sealed class AuthorizationServers(EgressClient egress, TimeProvider time)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxKept = 1_024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>The longest that finding takes: every place where metadata may lie is asked once.</summary>
    public static readonly TimeSpan Longest = Timeout * Addresses("https://any.example").Length;

    private readonly ConcurrentDictionary<(string Issuer, bool IsPrivate), (AuthorizationServer Server, DateTimeOffset Until)> known = new();

    /// <summary>The server, or why it cannot be found.</summary>
    public async Task<Result<AuthorizationServer>> FindAsync(ConnectionAuth auth, CancellationToken cancellation)
    {
        if (auth[AuthParameter.Issuer] is not { } issuer)
        {
            return new AuthorizationServer(null, auth[AuthParameter.TokenEndpoint]!, auth[AuthParameter.AuthorizationEndpoint], NamesItself: false);
        }

        var key = (issuer, IsPrivate(auth));
        if (known.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow())
        {
            return kept.Server;
        }

        var asked = await AskAsync(issuer, IsPrivate(auth), cancellation);
        if (asked.TryGet(out var server, out _))
        {
            if (known.Count >= MaxKept)
            {
                known.Clear();
            }

            known[key] = (server, time.GetUtcNow() + KeptFor);
        }

        return asked;
    }

    /// <summary>Forgets what is known of it: its endpoints may have moved.</summary>
    public void Forget(ConnectionAuth auth)
    {
        if (auth[AuthParameter.Issuer] is { } issuer)
        {
            known.TryRemove((issuer, IsPrivate(auth)), out _);
        }
    }

    /// <summary>Whether the server is in a private network.</summary>
    public static bool IsPrivate(ConnectionAuth auth) => auth[AuthParameter.Network] == "private";

    private async Task<Result<AuthorizationServer>> AskAsync(string issuer, bool isPrivate, CancellationToken cancellation)
    {
        Refusal? first = null;
        foreach (var address in Addresses(issuer))
        {
            var reply = await egress.SendAsync(
                new()
                {
                    Method = "GET",
                    Uri = address,
                    Headers = [new("accept", "application/json")],
                    Body = [],
                    BaseUrl = new Uri(issuer).GetLeftPart(UriPartial.Authority),
                    IsPrivateNetwork = isPrivate,
                    Timeout = Timeout,
                    MaxBytes = MaxBytes,
                },
                cancellation);
            if (reply.Answer is not { } answer)
            {
                return OAuthRefusals.Failed(reply.Failure?.Fault ?? EgressFault.Cut);
            }

            if (answer.Status == 200)
            {
                return Read(answer, issuer, isPrivate);
            }

            first ??= answer.Status is >= 300 and <= 399 ? OAuthRefusals.Redirected() : OAuthRefusals.Status(answer.Status);
            if (answer.Status != 404)
            {
                break;
            }
        }

        return first!;
    }

    // RFC 8414, section 3.1, puts the well-known part before the issuer's path; OpenID Connect Discovery, section 4, behind it.
    private static ImmutableArray<string> Addresses(string issuer)
    {
        var uri = new Uri(issuer);
        var (origin, path) = (uri.GetLeftPart(UriPartial.Authority), uri.AbsolutePath.TrimEnd('/'));
        return [$"{origin}/.well-known/oauth-authorization-server{path}", $"{origin}{path}/.well-known/openid-configuration"];
    }

    private static Result<AuthorizationServer> Read(EgressAnswer answer, string issuer, bool isPrivate)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body.AsMemory(), new() { MaxDepth = 16, AllowDuplicateProperties = false });
            var root = document.RootElement;
            // Invariant: the metadata is the very issuer's, to the letter (RFC 8414, section 3.3); else one server could send a client's secret to another.
            if (Text(root, "issuer") != issuer)
            {
                return OAuthRefusals.OtherIssuer();
            }

            var (token, authorization) = (Text(root, "token_endpoint"), Text(root, "authorization_endpoint"));
            return IsEndpoint(token, isPrivate) && (authorization is null || IsEndpoint(authorization, isPrivate))
                ? new AuthorizationServer(issuer, token!, authorization, root.TryGetProperty("authorization_response_iss_parameter_supported", out var says) && says.ValueKind is JsonValueKind.True)
                : OAuthRefusals.Rubbish();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return OAuthRefusals.Rubbish();
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool IsEndpoint(string? text, bool isPrivate) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (isPrivate && uri.Scheme == Uri.UriSchemeHttp))
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;
}

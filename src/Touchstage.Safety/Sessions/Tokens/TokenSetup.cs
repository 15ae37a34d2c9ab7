using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>The options of access tokens, checked.</summary>
internal sealed class TokenSetup
{
    private const string Endpoint = "/mcp";

    private TokenSetup(TokenOptions options, FrozenDictionary<string, ImmutableArray<TenantId>> tenants) => (Options, Tenants) = (options, tenants);

    /// <summary>What the operator gave.</summary>
    public TokenOptions Options { get; }

    /// <summary>The tenants that each issuer vouches for; none listed for one that vouches for any.</summary>
    public FrozenDictionary<string, ImmutableArray<TenantId>> Tenants { get; }

    /// <summary>Whether tokens are taken at all.</summary>
    public bool TakesTokens => Tenants.Count > 0;

    /// <summary>Checks the options and says everything that is wrong with them at once.</summary>
    public static bool TryCreate(TokenOptions options, [NotNullWhen(true)] out TokenSetup? setup, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        CheckResource(options, found);
        foreach (var issuer in options.Issuers.Select(issuer => issuer.Issuer).Distinct(StringComparer.Ordinal))
        {
            CheckIssuer(issuer, options, found);
        }

        CheckNames(options, found);
        problems = found;
        setup = found.Count > 0 ? null : new(options, options.Issuers.GroupBy(issuer => issuer.Issuer, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(issuer => issuer.Tenant).OfType<TenantId>().ToImmutableArray(), StringComparer.Ordinal));
        return setup is not null;
    }

    private static void CheckResource(TokenOptions options, List<string> problems)
    {
        if (options.Issuers.Count == 0)
        {
            Check(options.Resource is null, "--resource says what access tokens are for; say whose tokens are taken: --oauth-issuer URL.", problems);
            return;
        }

        if (options.Resource is not { } text)
        {
            problems.Add("--oauth-issuer needs --resource URI: the address at which clients reach this server's /mcp. Only tokens for it are taken.");
            return;
        }

        // Audiences are compared to the letter, so there is one spelling.
        var isCanonical = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && IsPlain(text)
            && uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) == text && text.EndsWith(Endpoint, StringComparison.Ordinal);
        Check(isCanonical, "--resource must be the address of this server's /mcp in its plainest spelling, without query or fragment, such as https://mcp.example.com/mcp.", problems);
        Check(!isCanonical || uri!.Scheme == "https" || uri.IsLoopback, "--resource must be https: without TLS anybody on the way could take a token. Only on loopback it may be http.", problems);
    }

    private static void CheckIssuer(string text, TokenOptions options, List<string> problems)
    {
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http" && uri is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } && IsPlain(text);
        Check(isAddress, "--oauth-issuer must be the authorization server's issuer as its metadata spells it, such as https://login.example.com, or TENANT=URL for one that vouches for one tenant.", problems);
        Check(!isAddress || uri!.Scheme == "https" || uri.IsLoopback, "--oauth-issuer must be https: without TLS anybody on the way could say who acts. Only an authorization server on loopback may do without.", problems);
        var named = options.Issuers.Where(issuer => issuer.Issuer == text).ToArray();
        Check(
            named.Length == named.Select(issuer => issuer.Tenant).Distinct().Count() && (named.Length == 1 || named.All(issuer => issuer.Tenant is not null)),
            $"--oauth-issuer names {text} twice, or for any tenant and for one: say either once URL, or TENANT=URL once for each of its tenants.", problems);
    }

    private static void CheckNames(TokenOptions options, List<string> problems)
    {
        foreach (var (option, claim) in new[]
        {
            ("--oauth-tenant-claim", options.TenantClaim), ("--oauth-kind-claim", options.KindClaim ?? "kind"), ("--oauth-scope-claim", options.ScopeClaim),
            ("--oauth-roles-claim", options.RolesClaim), ("--oauth-person-claim", options.PersonClaim), ("--oauth-client-claim", options.ClientClaim),
        })
        {
            Check(IsPlain(claim), $"{option} must be a claim's name: 1 to 255 printable ASCII characters without spaces.", problems);
        }

        Check(IsScope(options.AgentScope) && IsScope(options.ApproverScope), "--oauth-agent-scope and --oauth-approver-scope must each be one scope (RFC 6749, section 3.3): no spaces, quotes or backslashes.", problems);
        Check(options.AgentScope != options.ApproverScope, "--oauth-agent-scope and --oauth-approver-scope must differ: one token is an agent's or an approver's, never both.", problems);
    }

    private static void Check(bool holds, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }

    private static bool IsPlain(string text) => text is { Length: >= 1 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');

    private static bool IsScope(string text) => IsPlain(text) && text.All(c => c is not ('"' or '\\'));
}

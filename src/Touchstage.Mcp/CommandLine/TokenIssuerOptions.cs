using System.CommandLine;
using Touchstage.Mcp.Origins;
using Touchstage.Safety.Sessions.Tokens;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The options of <c>serve</c> that name the issuers of access tokens (OAuth 2) and what in their tokens says who acts.</summary>
internal sealed class TokenIssuerOptions
{
    private static readonly TokenOptions Default = new();

    private readonly Option<string?> resource = Text("--resource", "The address at which clients reach /mcp, such as https://mcp.example.com/mcp: the audience that access tokens must have.", "URI");

    private readonly Option<string[]> issuers = new("--oauth-issuer")
    {
        Description = "An authorization server whose access tokens are taken: its issuer, to the letter; TENANT=URL if it vouches for that tenant only. May be repeated. Default: none.",
        HelpName = "[TENANT=]URL",
    };

    private readonly Option<string?> tenantClaim = Text("--oauth-tenant-claim", $"The claim that names the tenant. Default: {Default.TenantClaim}.", "NAME");
    private readonly Option<string?> kindClaim = Text("--oauth-kind-claim", "The claim that says agent or approver. Default: none, the scopes say it.", "NAME");
    private readonly Option<string?> scopeClaim = Text("--oauth-scope-claim", $"The claim with the scopes. Default: {Default.ScopeClaim}.", "NAME");
    private readonly Option<string?> agentScope = Text("--oauth-agent-scope", $"The scope of agents. Default: {Default.AgentScope}.", "SCOPE");
    private readonly Option<string?> approverScope = Text("--oauth-approver-scope", $"The scope of approvers. Default: {Default.ApproverScope}.", "SCOPE");
    private readonly Option<string?> rolesClaim = Text("--oauth-roles-claim", $"The claim with the roles. Default: {Default.RolesClaim}.", "NAME");
    private readonly Option<string?> personClaim =
        Text("--oauth-person-claim", $"The claim that names the person as session keys do. Default: {Default.PersonClaim}, which counts only if it is verified.", "NAME");

    private readonly Option<string?> clientClaim = Text("--oauth-client-claim", $"The claim that names the client. Default: {Default.ClientClaim}.", "NAME");
    private readonly Option<bool> plainJwt = new("--oauth-plain-jwt") { Description = "Also take access tokens whose typ is JWT or missing, of issuers that do not follow RFC 9068." };

    public IEnumerable<Option> All => [resource, issuers, tenantClaim, kindClaim, scopeClaim, agentScope, approverScope, rolesClaim, personClaim, clientClaim, plainJwt];

    /// <summary>The first of these options that was given, or null.</summary>
    public string? Given(ParseResult parse) => All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>Sets what was given; whether it can be followed is checked with the library's other options.</summary>
    /// <exception cref="UsageException">It cannot be read, or says that clients reach the server where it does not listen.</exception>
    public void Apply(ParseResult parse, TokenOptions tokens, ListenAddress address)
    {
        foreach (var text in parse.GetValue(issuers) ?? [])
        {
            tokens.Issuers.Add(TokenIssuer.TryParse(text, out var issuer) ? issuer : throw new UsageException($"--oauth-issuer is URL or TENANT=URL; what stands before the = in '{text}' is no tenant's name."));
        }

        if (tokens.Issuers.Count == 0 && Given(parse) is { } lonely)
        {
            throw new UsageException($"{lonely} says what access tokens are like; say whose are taken: --oauth-issuer URL.");
        }

        tokens.Resource = parse.GetValue(resource);
        tokens.TenantClaim = parse.GetValue(tenantClaim) ?? tokens.TenantClaim;
        tokens.KindClaim = parse.GetValue(kindClaim);
        tokens.ScopeClaim = parse.GetValue(scopeClaim) ?? tokens.ScopeClaim;
        tokens.AgentScope = parse.GetValue(agentScope) ?? tokens.AgentScope;
        tokens.ApproverScope = parse.GetValue(approverScope) ?? tokens.ApproverScope;
        tokens.RolesClaim = parse.GetValue(rolesClaim) ?? tokens.RolesClaim;
        tokens.PersonClaim = parse.GetValue(personClaim) ?? tokens.PersonClaim;
        tokens.ClientClaim = parse.GetValue(clientClaim) ?? tokens.ClientClaim;
        tokens.TakesPlainJwt = parse.GetValue(plainJwt);
        Check(tokens, address, parse);
    }

    private void Check(TokenOptions tokens, ListenAddress address, ParseResult parse)
    {
        if (tokens.KindClaim is not null && new[] { scopeClaim, agentScope, approverScope }.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } scopes)
        {
            throw new UsageException($"--oauth-kind-claim and {scopes.Name} contradict each other: a claim says what a token is for, or scopes do.");
        }

        // A proxy may call the server by other names than clients call the proxy.
        if (address.IsBehindProxy || !Uri.TryCreate(tokens.Resource, UriKind.Absolute, out var uri))
        {
            return;
        }

        if (!address.Allows(new(uri.Host)))
        {
            throw new UsageException($"--resource names the host {uri.Host}, by which this server is not called. Add --host {uri.Host}, or name another.");
        }

        if (uri.Scheme != address.Uri.Scheme || (address.Uri.Port != 0 && uri.Port != address.Uri.Port))
        {
            throw new UsageException($"--resource {tokens.Resource} is not where this server listens ({address.Uri.GetLeftPart(UriPartial.Authority)}). Mend one of them, or say --behind-proxy if a proxy stands between.");
        }
    }

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}

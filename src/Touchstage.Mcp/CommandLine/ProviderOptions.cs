using System.CommandLine;
using Touchstage.Mcp.SignIns;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The options of <c>serve</c> that name the identity provider of the inbox.</summary>
internal sealed class ProviderOptions
{
    private const string SecretOption = "--oidc-client-secret";

    private readonly Option<string?> authority = Text("--oidc-authority", "The OpenID Connect provider that approvers sign in at: its issuer, to the letter. Default: none.", "URL");
    private readonly Option<string?> clientId = Text("--oidc-client-id", "The id under which the provider knows this server.", "ID");
    private readonly Option<string?> clientSecret = Text(SecretOption, "Where the client's secret is.", "env:NAME|file:PATH");
    private readonly Option<string?> tenantClaim = Text("--oidc-tenant-claim", $"The claim that names the tenant. Default: {ProviderText.DefaultTenantClaim}.", "NAME");
    private readonly Option<string?> kindClaim = Text("--oidc-kind-claim", $"The claim that must be 'approver'. Default: {ProviderText.DefaultKindClaim}.", "NAME");
    private readonly Option<string?> rolesClaim = Text("--oidc-roles-claim", $"The claim with the roles. Default: {ProviderText.DefaultRolesClaim}.", "NAME");
    private readonly Option<string?> personClaim =
        Text("--oidc-person-claim", $"The claim that names the person as session keys do. Default: {ProviderText.DefaultPersonClaim}, which counts only if it is verified.", "NAME");

    private readonly Option<string[]> scopes = new("--oidc-scope") { Description = "A scope to ask for beside openid. May be repeated. Default: email.", HelpName = "SCOPE" };

    public IEnumerable<Option> All => [authority, clientId, clientSecret, tenantClaim, kindClaim, rolesClaim, personClaim, scopes];

    /// <summary>The provider, or null if none was named.</summary>
    /// <exception cref="UsageException">What was given cannot be followed; all of it is said at once.</exception>
    public ProviderSetup? Read(ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(authority) is not { } issuer)
        {
            return All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } lonely
                ? throw new UsageException($"{lonely.Name} says how people sign in at a provider; say at which: --oidc-authority URL.")
                : null;
        }

        var text = new ProviderText
        {
            Authority = issuer,
            ClientId = parse.GetValue(clientId),
            ClientSecret = parse.GetValue(clientSecret) is { } secret ? SecretReference.Read(SecretOption, secret, terminal) : null,
            TenantClaim = parse.GetValue(tenantClaim) ?? ProviderText.DefaultTenantClaim,
            KindClaim = parse.GetValue(kindClaim) ?? ProviderText.DefaultKindClaim,
            RolesClaim = parse.GetValue(rolesClaim) ?? ProviderText.DefaultRolesClaim,
            PersonClaim = parse.GetValue(personClaim) ?? ProviderText.DefaultPersonClaim,
            Scopes = parse.GetValue(scopes) is { Length: > 0 } asked ? asked : ["email"],
        };
        return ProviderSetup.TryCreate(text, out var setup, out var problems) ? setup : throw new UsageException(string.Join(Environment.NewLine, problems));
    }

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}

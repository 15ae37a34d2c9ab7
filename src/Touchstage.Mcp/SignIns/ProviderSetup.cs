using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Mcp.SignIns;

/// <summary>The identity provider that approvers sign in at (OpenID Connect), as the operator named it. Prints nothing of the client's secret.</summary>
internal sealed class ProviderSetup
{
    private readonly string clientSecret;

    private ProviderSetup(ProviderText text, Uri authority) => (Text, Authority, clientSecret) = (text, authority, text.ClientSecret!);

    /// <summary>What the operator gave.</summary>
    public ProviderText Text { get; }

    /// <summary>Where the provider's discovery document is below.</summary>
    public Uri Authority { get; }

    /// <summary>The issuer: the authority to the letter (OpenID Connect Discovery 1.0, section 4.3).</summary>
    public string Issuer => Text.Authority!;

    /// <summary>Reads what the operator gave and says everything that is wrong with it at once.</summary>
    public static bool TryCreate(ProviderText text, [NotNullWhen(true)] out ProviderSetup? setup, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var isAddress = Uri.TryCreate(text.Authority, UriKind.Absolute, out var authority)
            && authority.Scheme is "https" or "http" && authority is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } && IsPlain(text.Authority);
        Check(isAddress, "--oidc-authority must be the provider's issuer as its discovery document spells it, such as https://login.example.com.");
        Check(!isAddress || authority!.Scheme == "https" || authority.IsLoopback, "--oidc-authority must be https: without TLS anybody on the way could say who signs in. Only a provider on loopback may do without.");
        Check(IsPlain(text.ClientId), "--oidc-client-id must be given: the id under which the provider knows this server.");
        Check(text.ClientSecret is { Length: > 0 }, "--oidc-client-secret must be given, as env:NAME or file:PATH.");
        foreach (var (option, claim) in new[]
        {
            ("--oidc-tenant-claim", text.TenantClaim), ("--oidc-kind-claim", text.KindClaim), ("--oidc-roles-claim", text.RolesClaim), ("--oidc-person-claim", text.PersonClaim),
        })
        {
            Check(IsPlain(claim), $"{option} must be a claim's name: 1 to 255 printable ASCII characters without spaces.");
        }

        Check(text.Scopes.All(scope => IsPlain(scope)), "--oidc-scope must be a scope's name without spaces; give the option once for each.");
        problems = found;
        setup = found.Count == 0 ? new(text, authority!) : null;
        return setup is not null;

        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                found.Add(problem);
            }
        }
    }

    /// <summary>The client's secret, for the provider alone.</summary>
    public string RevealClientSecret() => clientSecret;

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static bool IsPlain([NotNullWhen(true)] string? text) => text is { Length: >= 1 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');
}

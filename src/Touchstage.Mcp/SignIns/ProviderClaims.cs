using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.SignIns;

/// <summary>Reads who signed in from the claims of a checked ID token. Whatever is missing, double or of another form is a No.</summary>
internal sealed class ProviderClaims(ProviderSetup setup)
{
    private const string Subject = "sub";
    private const string Email = "email";
    private const string EmailVerified = "email_verified";
    private const string Approver = "approver";

    /// <summary>Who it is.</summary>
    /// <param name="claims">The token's claims, as they stand in it.</param>
    /// <param name="identity">Who signed in, of which tenant and with which roles.</param>
    /// <param name="problem">What is missing, for the person and for whoever set the provider up; no value of a claim is in it.</param>
    public bool TryRead(ClaimsPrincipal claims, [NotNullWhen(true)] out ExternalIdentity? identity, [NotNullWhen(false)] out string? problem)
    {
        identity = null;
        problem = null;
        if (One(claims, setup.Text.KindClaim) != Approver)
        {
            problem = $"The claim '{setup.Text.KindClaim}' does not say that you are an approver.";
        }
        else if (!TenantId.TryParse(One(claims, setup.Text.TenantClaim), out var tenant))
        {
            problem = $"The claim '{setup.Text.TenantClaim}' names no tenant.";
        }
        else if (RolesOf(claims) is not { IsEmpty: false } roles)
        {
            problem = $"The claim '{setup.Text.RolesClaim}' gives you no role that this server knows the form of.";
        }
        else if (PersonOf(claims) is not { } person)
        {
            problem = $"The claim '{setup.Text.PersonClaim}' does not say who you are{(setup.Text.PersonClaim == Email ? ", or the provider has not verified the address" : "")}.";
        }
        else if (One(claims, Subject) is not { } subject)
        {
            problem = "The provider did not say who you are.";
        }
        else
        {
            identity = new(tenant, setup.Issuer, subject, person, roles);
        }

        return identity is not null;
    }

    // An address that anybody could have typed at the provider would let one person be two, or be somebody else.
    private string? PersonOf(ClaimsPrincipal claims) =>
        setup.Text.PersonClaim != Email || claims.FindAll(EmailVerified).ToArray() is [{ Value: "true", ValueType: ClaimValueTypes.Boolean }] ? One(claims, setup.Text.PersonClaim) : null;

    // Providers put other groups beside our roles: what cannot be a role here is none.
    private ImmutableArray<string> RolesOf(ClaimsPrincipal claims) =>
        [.. claims.FindAll(setup.Text.RolesClaim).Where(claim => claim.ValueType == ClaimValueTypes.String).Select(claim => claim.Value).Where(ExternalIdentity.IsRole).Distinct(StringComparer.Ordinal)];

    private static string? One(ClaimsPrincipal claims, string name) =>
        claims.FindAll(name).ToArray() is [{ ValueType: ClaimValueTypes.String, Value: { Length: > 0 } value }] ? value : null;
}

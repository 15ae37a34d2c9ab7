using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>An approver whom an identity provider vouches for, read from a token that was checked.</summary>
/// <param name="Tenant">Of which tenant.</param>
/// <param name="Issuer">The provider's issuer, to the letter.</param>
/// <param name="Subject">Its name for the person: 1 to 255 printable ASCII characters, folded to lower case.</param>
/// <param name="Person">The person's name across providers and session keys, in the same form: whoever asked for something under it does not decide it.</param>
/// <param name="Roles">The person's roles, one at least.</param>
public sealed record ExternalIdentity(TenantId Tenant, string Issuer, string Subject, string Person, ImmutableArray<string> Roles)
{
    /// <summary>Whether a text can be a role: 1 to 64 of <c>a-z 0-9 _ -</c>.</summary>
    /// <param name="text">The text.</param>
    public static bool IsRole(string text) => SessionRole.IsName(text);
}

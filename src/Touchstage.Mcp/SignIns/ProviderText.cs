namespace Touchstage.Mcp.SignIns;

/// <summary>What the operator gave of an identity provider, not looked at yet. Prints nothing of the client's secret.</summary>
internal sealed class ProviderText
{
    public const string DefaultTenantClaim = "tenant";
    public const string DefaultKindClaim = "kind";
    public const string DefaultRolesClaim = "roles";
    public const string DefaultPersonClaim = "email";

    public required string? Authority { get; init; }

    public required string? ClientId { get; init; }

    public required string? ClientSecret { get; init; }

    /// <summary>The claim that names the tenant.</summary>
    public string TenantClaim { get; init; } = DefaultTenantClaim;

    /// <summary>The claim that must be <c>approver</c>.</summary>
    public string KindClaim { get; init; } = DefaultKindClaim;

    /// <summary>The claim with the roles: a text or a list of texts.</summary>
    public string RolesClaim { get; init; } = DefaultRolesClaim;

    /// <summary>The claim that names the person across sessions and keys; <c>email</c> counts only if the provider verified it.</summary>
    public string PersonClaim { get; init; } = DefaultPersonClaim;

    /// <summary>What is asked for beside <c>openid</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["email"];

    /// <inheritdoc/>
    public override string ToString() => "***";
}

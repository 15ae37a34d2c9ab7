namespace Touchstage.Safety.Tenants;

/// <summary>What became of one tenant's rotation.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Generation">The generation of its data key that seals from now on.</param>
/// <param name="Resealed">How many secrets and tokens were sealed anew.</param>
/// <param name="Unreadable">The names of those that do not open, so that they stayed as they were.</param>
public sealed record RotatedTenant(TenantId Tenant, int Generation, int Resealed, IReadOnlyList<string> Unreadable);

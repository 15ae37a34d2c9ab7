using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>What applying a tenant's manifest came to.</summary>
/// <param name="Outcome">What was done; <see cref="TenantWrite.Refused"/> if there is a problem.</param>
/// <param name="Tenant">The tenant as it is in force now, or null if nothing was done.</param>
/// <param name="Problems">All problems by line; empty if it was applied.</param>
public sealed record TenantReport(TenantWrite Outcome, TenantDescription? Tenant, IReadOnlyList<ManifestProblem> Problems);

using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps;

/// <summary>One thing that is due.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Id">The approval's or step's id.</param>
internal sealed record DueItem(TenantId Tenant, DueKind Kind, string Id);

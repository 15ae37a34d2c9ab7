using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <summary>Due work that is under way.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Kind">What is being done.</param>
/// <param name="Work">Ends when it is done; never fails.</param>
internal sealed record RunningItem(TenantId Tenant, DueKind Kind, Task Work);

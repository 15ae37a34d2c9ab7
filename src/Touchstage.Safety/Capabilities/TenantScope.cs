using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>One capability as one tenant has it: which account it reaches, its settings with defaults filled in, and all rules that bind it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Connection">The tenant's own connection.</param>
/// <param name="Settings">The declared settings with the tenant's values.</param>
/// <param name="Rules">The capability's rules and the tenant's.</param>
/// <param name="Limits">The tenant's own limits, which every step counts in.</param>
internal sealed record TenantScope(Tenant Tenant, Capability Capability, Connection Connection, JsonElement Settings, ImmutableArray<Rule> Rules, ImmutableArray<LimitDeclaration> Limits);

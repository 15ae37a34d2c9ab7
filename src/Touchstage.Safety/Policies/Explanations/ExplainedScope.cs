using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>What binds a call that is explained.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Tenant">The tenant, or null for the manifest alone.</param>
/// <param name="Settings">The tenant's settings.</param>
/// <param name="Rules">The capability's rules, and the tenant's.</param>
/// <param name="Limits">The tenant's own limits.</param>
internal sealed record ExplainedScope(Capability Capability, Tenant? Tenant, JsonElement Settings, ImmutableArray<Rule> Rules, ImmutableArray<LimitDeclaration> Limits);

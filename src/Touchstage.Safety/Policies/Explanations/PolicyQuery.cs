using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>A call to be explained, and the world around it.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="ArgumentsJson">The arguments, as JSON.</param>
/// <param name="Tenant">Whose settings, rules and limits apply, from the store; null for the manifest alone, whose settings then have their defaults.</param>
/// <param name="Subject">The caller's subject.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="Client">The caller's program.</param>
/// <param name="FactsJson">Answers by fact name, as JSON, or null; <c>null</c> for an answer is a look-up that failed. What is not given stays open.</param>
/// <param name="SettingsJson">Settings over those of the tenant, as JSON, or null.</param>
/// <param name="Now">The instant, or null for the present.</param>
public sealed record PolicyQuery(
    string Capability,
    string ArgumentsJson,
    TenantId? Tenant,
    string Subject,
    IReadOnlyList<string> Roles,
    string Client,
    string? FactsJson,
    string? SettingsJson,
    DateTimeOffset? Now);

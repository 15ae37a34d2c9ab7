using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Joins a tenant and a capability. Whatever does not check leaves the tenant without the capability: a rule that cannot be read must not be skipped.
/// </summary>
internal static class TenantBinding
{
    /// <summary>The capability as the tenant has it, or null.</summary>
    public static TenantScope? Bind(Tenant tenant, Capability capability) =>
        tenant.Connections.TryGetValue(capability.Connection, out var connection)
        && CredentialPlaceTaken(capability, connection) is null
        && Settings(tenant.Settings, capability) is { } settings
        && Rules(tenant, capability) is { } rules
        && TenantLimits.Bind(tenant, capability) is { } limits
            ? new(tenant, capability, connection, settings, rules, limits)
            : null;

    /// <summary>The parameter of <c>auth</c> that names the very header or query parameter in which the capability puts an argument or the step's id; null if none does.</summary>
    public static string? CredentialPlaceTaken(Capability capability, Connection connection)
    {
        var requests = capability.Facts.Values.Select(f => f.Request).Prepend(capability.Request);
        return connection.Auth[AuthParameter.Header]?.ToLowerInvariant() is { } header && (capability.Request.IdempotencyHeader == header || requests.Any(r => r.Headers.ContainsKey(header)))
            ? AuthParameter.Header
            : connection.Auth[AuthParameter.Query] is { } parameter && requests.Any(r => r.Query.Keys.Contains(parameter, StringComparer.OrdinalIgnoreCase)) ? AuthParameter.Query
            : null;
    }

    /// <summary>The declared settings with the tenant's values over the defaults, or null if a value does not fit its declaration.</summary>
    public static JsonElement? Settings(JsonElement given, Capability capability)
    {
        var settings = new JsonObject();
        foreach (var (name, schema) in capability.Settings)
        {
            if (given.ValueKind is JsonValueKind.Object && given.TryGetProperty(name, out var value))
            {
                if (!CanonicalJson.From(value).TryGet(out var canonical, out _) || !schema.Validate(canonical).IsEmpty)
                {
                    return null;
                }

                settings[name] = canonical.ToNode();
            }
            else if (schema.Default is { } standard)
            {
                settings[name] = JsonNode.Parse(standard.GetRawText());
            }
        }

        return CanonicalJson.Of(settings).Root;
    }

    private static ImmutableArray<Rule>? Rules(Tenant tenant, Capability capability)
    {
        var rules = capability.Rules.ToBuilder();
        foreach (var (index, declared) in tenant.Policy.Index().Where(r => r.Item.For.IsEmpty || r.Item.For.Contains(capability.Name, StringComparer.Ordinal)))
        {
            var effect = declared.Effect switch { "forbid" => RuleEffect.Forbid, "review" => RuleEffect.Review, _ => RuleEffect.Allow };

            // Invariant: a tenant tightens and never loosens.
            if (effect is RuleEffect.Allow || Condition.Compile(declared.Condition, capability.Types.Environment, CelType.Bool).Condition is not { } condition)
            {
                return null;
            }

            rules.Add(new($"tenant.{declared.Effect}[{index}]", effect, condition, declared.Because, [], declared.IsShadow));
        }

        return rules.ToImmutable();
    }
}

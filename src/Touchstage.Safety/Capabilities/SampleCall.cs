using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>A call that was made up to see what rules come to.</summary>
/// <param name="Arguments">Its arguments, which fit the schema.</param>
/// <param name="Settings">The tenant's settings, without defaults.</param>
/// <param name="Facts">The answers by fact; one that is not there failed.</param>
/// <param name="Subject">Who calls.</param>
/// <param name="Roles">With which roles.</param>
/// <param name="Tenant">Of which tenant.</param>
/// <param name="Now">When.</param>
internal sealed record SampleCall(
    CanonicalJson Arguments,
    ImmutableSortedDictionary<string, JsonElement> Settings,
    ImmutableSortedDictionary<string, JsonElement> Facts,
    string Subject,
    ImmutableArray<string> Roles,
    string Tenant,
    DateTimeOffset Now)
{
    /// <summary>Whether a capability takes it, one of some rules permits it, and none forbids it, asks for a person or fails on the way.</summary>
    public bool Runs(Capability capability, IReadOnlyCollection<Rule> rules) => Permits(capability, rules) && capability.Input.Validate(Arguments).IsEmpty;

    /// <summary>What a condition comes to; null if it fails.</summary>
    public bool? Holds(Condition condition, Capability capability) => condition.Evaluate(new Input(this, capability)).Value.TryGetBool(out var holds) ? holds : null;

    /// <summary>What conditions read of it, as people read it: <c>args.amount = 100</c>.</summary>
    public string Told(Capability capability, IEnumerable<Condition> conditions)
    {
        var input = new Input(this, capability);
        return string.Join(", ", conditions.SelectMany(c => c.Evaluate(input).Reads).Select(r => $"{r.Path} = {r.Value}").Distinct(StringComparer.Ordinal));
    }

    private bool Permits(Capability capability, IReadOnlyCollection<Rule> rules)
    {
        var input = new Input(this, capability);
        rules = [.. rules.Where(r => !r.IsShadow)];
        return rules.Where(r => r.Effect is not RuleEffect.Allow).All(r => r.Condition.Evaluate(input).IsFalse)
            && rules.Any(r => r.Effect is RuleEffect.Allow && r.Condition.Evaluate(input).IsTrue);
    }

    /// <summary>The call as conditions read it.</summary>
    private sealed class Input(SampleCall call, Capability capability) : IConditionInput
    {
        public CelValue Resolve(string variable) => variable switch
        {
            "args" => CelValue.From(call.Arguments.Root, capability.Types.Arguments, "args"),
            "caller" => CelValue.Map(("subject", CelValue.Of(call.Subject)), ("roles", CelValue.Texts(call.Roles)), ("client", CelValue.Of("example"))),
            "tenant" => CelValue.Map(("id", CelValue.Of(call.Tenant)), ("settings", Settings())),
            "facts" => CelValue.Map([.. capability.Facts.Keys.Select(name => (name, Fact(name)))]),
            "call" => CelValue.Map(("capability", CelValue.Of(capability.Name)), ("connection", CelValue.Of(capability.Connection))),
            "now" => CelValue.Of(call.Now),
            _ => CelValue.Failed($"there is no variable {variable}"),
        };

        private CelValue Settings()
        {
            var settings = capability.Settings
                .Select(s => (s.Key, Value: call.Settings.TryGetValue(s.Key, out var given) ? given : s.Value.Default))
                .Where(s => s.Value is not null)
                .ToDictionary(s => s.Key, s => s.Value!.Value, StringComparer.Ordinal);
            return CelValue.From(JsonSerializer.SerializeToElement(settings), capability.Types.Settings, "tenant.settings");
        }

        private CelValue Fact(string name) => call.Facts.TryGetValue(name, out var answer)
            ? CelValue.From(answer, capability.Types.Facts[name], $"facts.{name}")
            : CelValue.Failed("the look-up failed");
    }
}

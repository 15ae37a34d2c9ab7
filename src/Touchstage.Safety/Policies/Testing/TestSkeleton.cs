using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>A test to start from, for a rule that no test shows from one side: another test's call, with a word on what to change.</summary>
internal static class TestSkeleton
{
    /// <summary>YAML as it stands below <c>tests:</c>.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="isTrue">Whether the test is to make it true.</param>
    /// <param name="example">A call that evaluated the rule, or null if there is none.</param>
    public static string For(Capability capability, Rule rule, bool isTrue, PolicyTestCall? example)
    {
        var text = new StringBuilder();
        var read = rule.Condition.Paths;
        text.Append($"- name: {rule.Id} {(isTrue ? "holds" : "does not hold")}");
        text.Append(read.IsEmpty ? "" : $" # change {string.Join(" or ", read)}");
        text.Append($"\n  args: {FlowText.Of(example?.World.Arguments ?? Invented(capability.Input))}");
        if (capability.Facts.Values.Where(fact => IsRead(read, $"facts.{fact.Name}")).ToArray() is { Length: > 0 } facts)
        {
            text.Append($"\n  facts: {FlowText.Of(Members(facts.Select(fact => (fact.Name, Given(example?.World.Facts, fact.Name) ?? Invented(fact.Output)))))}");
        }

        if (capability.Settings.Where(setting => IsRead(read, $"tenant.settings.{setting.Key}")).ToArray() is { Length: > 0 } settings)
        {
            text.Append($"\n  settings: {FlowText.Of(Members(settings.Select(setting => (setting.Key, setting.Value.Default ?? Invented(setting.Value)))))}");
        }

        if (read.Any(path => path.StartsWith("caller", StringComparison.Ordinal)))
        {
            text.Append($"\n  caller: {(example?.World.Caller is { } caller ? FlowText.Of(caller) : "{ subject: somebody, roles: [] }")}");
        }

        text.Append($"\n  expect: {(rule.IsShadow ? "allow # or what the other rules come to" : Expected(capability, rule.Effect, isTrue))}");
        return text.Append(isTrue && !rule.IsShadow ? $"\n  reason: {rule.Id}" : "").ToString();
    }

    private static string Expected(Capability capability, RuleEffect effect, bool isTrue) => (effect, isTrue) switch
    {
        (RuleEffect.Forbid, true) => "forbid",
        (RuleEffect.Review, true) or (RuleEffect.Allow, false) => capability.Approval is null ? "refuse" : "review",
        _ => "allow",
    };

    private static bool IsRead(IEnumerable<string> paths, string name) =>
        paths.Any(path => path == name || path.StartsWith($"{name}.", StringComparison.Ordinal) || name.StartsWith($"{path}.", StringComparison.Ordinal));

    private static JsonElement? Given(JsonElement? facts, string name) =>
        facts is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;

    // A value of the right type; the schema's finer demands are for the author, whom the load tells of them.
    private static JsonElement Invented(JsonSchema schema) => schema switch
    {
        { Const: { } value } => value,
        { EnumValues: [var first, ..] } => first,
        { Default: { } standard } => standard,
        { Types: ["object"] } => Members(schema.Required.Select(name => (name, schema.Properties.TryGetValue(name, out var inner) ? Invented(inner) : Of("text")))),
        _ => schema.Types?.FirstOrDefault() switch
        {
            "integer" or "number" => Of(1),
            "boolean" => Of(true),
            "array" => CanonicalJson.Of(new JsonArray()).Root,
            "object" => CanonicalJson.Of(new JsonObject()).Root,
            _ => Of("text"),
        },
    };

    private static JsonElement Of(JsonNode value) => CanonicalJson.Of(value).Root;

    private static JsonElement Members(IEnumerable<(string Name, JsonElement Value)> members) =>
        CanonicalJson.Of(new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))))).Root;
}

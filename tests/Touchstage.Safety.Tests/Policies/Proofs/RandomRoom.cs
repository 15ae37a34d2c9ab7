using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Capabilities;

namespace Touchstage.Safety.Tests.Policies.Proofs;

/// <summary>A small capability with a bit of everything, random rules over it, and random calls that lie on its bounds.</summary>
internal static class RandomRoom
{
    private static readonly string[] Doubles = ["0.0", "0.01", "0.1", "0.3", "1.0", "2.5", "9.99", "10.0", "10.01", "50.0", "99.99", "100.0", "-1.0", "1e300", "9007199254740992.0", "9007199254740993"];
    private static readonly string[] Ints = ["0", "1", "2", "3", "4", "5", "9", "10", "11", "100", "-1", "9007199254740992", "9223372036854775807"];
    private static readonly string[] Texts = ["'EUR'", "'USD'", "''", "'a'", "'ab'", "'abc'", "'it\\'s'"];

    private static readonly string[] Arguments =
    [
        "amount: { type: number, exclusiveMinimum: 0, maximum: 100 }", "free: { type: number }", "count: { type: integer, minimum: 0, maximum: 10 }", "big: { type: integer }",
        "flag: { type: boolean }", "any: {}", "either: { type: [string, integer, \"null\"] }", "rate: { type: number, enum: [0.1, 1, 2.5] }",
        "box: { type: object, required: [width], properties: { width: { type: integer, minimum: 1, maximum: 3 }, lid: { type: boolean } } }",
    ];

    public static Capability Capability { get; } = SampleManifest.Sound(
        ("amount: { type: number }", string.Join("\n    ", Arguments)),
        ("forbid: args.amount > 1000.0", "forbid: args.amount > 99.0"),
        ("labels: { type: array, items: { type: string } }", "labels: { type: array, maxItems: 3, items: { type: string } }"),
        ("note: { type: string }", "note: { type: string, minLength: 1, maxLength: 3 }"),
        ("limit: { type: number, default: 50 }", "limit: { type: number, default: 50, minimum: 0 }\n  cap: { type: integer, minimum: 1, maximum: 5 }"),
        ("properties: { open: { type: boolean }, name: { type: string } } }", "properties: { open: { type: boolean }, name: { type: string }, score: { type: integer, minimum: 0, maximum: 9 } } }"));

    private static ConditionEnvironment Environment => Capability.Types.Environment;

    public static Rule? Rule(Dice dice, int index)
    {
        var effect = dice.Of(RuleEffect.Allow, RuleEffect.Allow, RuleEffect.Review, RuleEffect.Forbid);
        return Condition(Bool(dice, 3)) is { } condition ? new($"{effect}[{index}]", effect, condition, null, []) : null;
    }

    public static Condition? Condition(string text) => Safety.Conditions.Condition.Compile(text, Environment, CelType.Bool).Condition;

    /// <summary>A truth value, in CEL; most of them check.</summary>
    public static string Bool(Dice dice, int depth) => depth == 0 || dice.Chance(30) ? Atom(dice) : dice.Below(6) switch
    {
        0 or 1 => $"({Bool(dice, depth - 1)} && {Bool(dice, depth - 1)})",
        2 or 3 => $"({Bool(dice, depth - 1)} || {Bool(dice, depth - 1)})",
        4 => $"!({Bool(dice, depth - 1)})",
        _ => $"({Bool(dice, depth - 1)} ? {Bool(dice, depth - 1)} : {Bool(dice, depth - 1)})",
    };

    private static string Atom(Dice dice) => dice.Below(16) switch
    {
        <= 4 => $"{Number(dice)} {dice.Of("<", "<=", ">", ">=", "==", "!=")} {Number(dice)}",
        5 => Guarded(dice, "args.currency", t => $"{t} {dice.Of("==", "!=")} {dice.Of("'EUR'", "'USD'")}"),
        6 => Guarded(dice, "args.note", t => $"{t} {dice.Of("==", "!=", "<")} {dice.Of(Texts)}"),
        7 => Guarded(dice, "args.note", t => $"{t} in [{dice.Of(Texts)}, {dice.Of(Texts)}]"),
        8 => Guarded(dice, "args.note", t => $"{t}.{dice.Of("startsWith", "contains", "endsWith")}({dice.Of(Texts)})"),
        9 => $"{Number(dice)} in [{Number(dice)}, {Number(dice)}]",
        10 => dice.Of("facts.account.open", "!facts.account.open", "facts.account.open == true", "has(facts.account.name)", "has(args.note)", "has(args.count)", "(has(args.box) && has(args.box.lid) && args.box.lid)"),
        11 => Guarded(dice, "args.flag", t => dice.Of(t, $"!{t}", $"{t} == false", $"{t} != (args.amount > 10.0)")),
        12 => Guarded(dice, "args.any", t => dice.Of($"{t} == 1", $"{t} == 'a'", $"{t} < 2", $"{t} == null", $"dyn({t}) == 2.5", $"({t} == 1 || args.amount < 1.0)")),
        13 => Guarded(dice, "args.either", t => dice.Of($"{t} == null", $"{t} != 3", $"{t} == 'EUR'", $"{t} in [1, 'a']")),
        14 => dice.Of("'admin' in caller.roles", "caller.subject == 'ann'", "now.getHours() < 12", "now.getHours() == 24", "now < timestamp('2026-01-01T12:00:00Z')", "tenant.id != 'acme'"),
        _ => dice.Of("true", "false", "1 / 0 == 1"),
    };

    private static string Guarded(Dice dice, string path, Func<string, string> use) => dice.Of($"(has({path}) && {use(path)})", $"(!has({path}) || {use(path)})", $"(has({path}) ? {use(path)} : true)");

    private static string Number(Dice dice) => dice.Below(4) switch
    {
        0 => dice.Of(Doubles),
        1 => dice.Of(Ints),
        _ => Path(dice),
    };

    // An optional path without its guard does not check, and that policy is thrown away.
    private static string Path(Dice dice) => dice.Below(12) switch
    {
        <= 3 => "args.amount",
        4 => "tenant.settings.limit",
        5 => $"args.amount {dice.Of("+", "-", "*", "/")} {dice.Of(Doubles)}",
        6 => $"args.amount {dice.Of("+", "-", "*", "/")} tenant.settings.limit",
        7 => $"(has(args.count) ? args.count {dice.Of("+", "-", "*", "/", "%")} {dice.Of(Ints)} : {dice.Of(Ints)})",
        8 => $"(has(args.big) ? {dice.Of("args.big", "-args.big", "args.big * 2", "args.big + 1")} : 5)",
        9 => $"(has(args.free) ? {dice.Of("args.free", "-args.free", "args.free * args.free", "args.free - args.amount")} : 5.0)",
        10 => dice.Of("size(args.account_id)", "(has(args.note) ? size(args.note) : 0)", "(has(args.labels) ? args.labels.size() : 2)", "double(size(args.account_id))", "int(args.amount)"),
        _ => dice.Of("(has(args.box) ? args.box.width : 0)", "(has(facts.account.score) ? facts.account.score : 3)", "(has(tenant.settings.cap) ? tenant.settings.cap : 7)", "(has(args.rate) ? args.rate : 1.0)"),
    };

    /// <summary>A call that fits the schemas; null where chance made one that does not.</summary>
    public static PolicyInput? Call(Dice dice)
    {
        var arguments = new JsonObject { ["account_id"] = dice.Of("", "a", "ab", "abc"), ["amount"] = Json(dice.Of("0.01", "0.1", "0.3", "1", "2.5", "9.99", "10", "10.01", "50", "99.99", "100", "5e-324")) };
        Maybe(arguments, dice, "free", () => Json(dice.Of("0", "-1", "10", "9.99", "1e300", "-1e300", "9007199254740992", "1152921504606847000", "1e22", "1.7976931348623157e308")));
        Maybe(arguments, dice, "count", () => dice.Below(11));
        Maybe(arguments, dice, "big", () => Json(dice.Of("0", "5", "-1", "9007199254740992", "9223372036854774784", "-9223372036854775808", "1e21", "4611686018427388000")));
        Maybe(arguments, dice, "flag", () => dice.Chance(50));
        Maybe(arguments, dice, "any", () => Json(dice.Of("1", "2.5", "\"a\"", "null", "[1]", "{}", "true", "1e22")));
        Maybe(arguments, dice, "either", () => Json(dice.Of("1", "3", "\"a\"", "\"EUR\"", "null", "1e22")));
        Maybe(arguments, dice, "rate", () => Json(dice.Of("0.1", "1", "2.5")));
        Maybe(arguments, dice, "currency", () => dice.Of("EUR", "USD"));
        Maybe(arguments, dice, "note", () => dice.Of("a", "ab", "abc", "it'", "\U0001F600"));
        Maybe(arguments, dice, "labels", () => Json(dice.Of("[]", "[\"a\"]", "[\"a\",\"b\",\"c\"]")));
        Maybe(arguments, dice, "box", () => Json(dice.Of("""{"width":1}""", """{"width":2,"lid":true}""", """{"width":3,"lid":false}""")));
        if (!CanonicalJson.Parse(arguments.ToJsonString()).TryGet(out var canonical, out _) || !Capability.Input.Validate(canonical).IsEmpty)
        {
            return null;
        }

        var settings = new JsonObject { ["limit"] = Json(dice.Of("50", "0", "10", "9.99", "100", "1e300")) };
        Maybe(settings, dice, "cap", () => 1 + dice.Below(5));
        var now = new DateTimeOffset(2026, 1, 1, dice.Below(24), 0, 0, TimeSpan.Zero);
        return new(
            Capability, canonical, dice.Of("ann", "bob"), dice.Chance(50) ? ["admin"] : [], "test", dice.Of("acme", "other"),
            JsonSerializer.SerializeToElement(settings), now, ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal).Add("account", Fact(dice)));
    }

    private static FactAnswer Fact(Dice dice)
    {
        var answer = new JsonObject { ["open"] = dice.Chance(50) };
        Maybe(answer, dice, "name", () => dice.Of("", "a"));
        Maybe(answer, dice, "score", () => dice.Below(10));
        return dice.Chance(20) ? new(null, "down", null) : new(CanonicalJson.Of(answer), null, null);
    }

    private static void Maybe(JsonObject into, Dice dice, string name, Func<JsonNode?> value)
    {
        if (dice.Chance(60))
        {
            into[name] = value();
        }
    }

    private static JsonNode? Json(string text) => JsonNode.Parse(text);
}

using System.Text.Json;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>The environment of a refund, as a capability would give it.</summary>
internal static class Sample
{
    public static readonly CelType Args = CelType.Object("args", new Dictionary<string, CelField>
    {
        ["amount"] = new(CelType.Double),
        ["count"] = new(CelType.Int),
        ["currency"] = new(CelType.Enum(["EUR", "USD"])),
        ["reason"] = new(CelType.String, Optional: true),
        ["limit"] = new(CelType.Int, Optional: true),
        ["address"] = new(CelType.Object("address", new Dictionary<string, CelField> { ["zip"] = new(CelType.String, Optional: true) }), Optional: true),
        ["tags"] = new(CelType.List(CelType.String)),
        ["due"] = new(CelType.Timestamp),
        ["any"] = new(CelType.Dyn, Optional: true),
    });

    public static readonly ConditionEnvironment Environment = new(new Dictionary<string, CelType>
    {
        ["args"] = Args,
        ["caller"] = CelType.Object("caller", new Dictionary<string, CelField>
        {
            ["subject"] = new(CelType.String),
            ["roles"] = new(CelType.List(CelType.String)),
        }),
        ["tenant"] = CelType.Object("tenant", new Dictionary<string, CelField>
        {
            ["settings"] = new(CelType.Object("settings", new Dictionary<string, CelField> { ["auto_refund_limit"] = new(CelType.Double) })),
        }),
        ["facts"] = CelType.Object("facts", new Dictionary<string, CelField>
        {
            ["customer"] = new(CelType.Object("customer", new Dictionary<string, CelField> { ["email_verified"] = new(CelType.Bool) })),
            ["account"] = new(CelType.Object("account", new Dictionary<string, CelField> { ["open"] = new(CelType.Bool), ["age"] = new(CelType.Int) })),
        }),
        ["now"] = CelType.Timestamp,
    });

    public const string Refund = """{"amount":20,"count":3,"currency":"EUR","tags":["a","b"],"due":"2026-01-31T12:00:00Z"}""";

    public static Condition Load(string text, CelType? expected = null)
    {
        var load = Condition.Compile(text, Environment, expected);
        load.Problems.ShouldBeEmpty();
        return load.Condition!;
    }

    public static ConditionProblem Refuse(string text, CelType? expected = null)
    {
        var load = Condition.Compile(text, Environment, expected);
        load.Condition.ShouldBeNull(text);
        return load.Problems[0];
    }

    public static DictionaryInput Input(string args = Refund, CelValue? customer = null, CelValue? account = null) => new(
        ("args", CelValue.From(JsonDocument.Parse(args).RootElement, Args, "args")),
        ("caller", CelValue.Map(("subject", CelValue.Of("ann")), ("roles", CelValue.Texts(["support"])))),
        ("tenant", CelValue.Map(("settings", CelValue.Map(("auto_refund_limit", CelValue.Of(50.0)))))),
        ("facts", CelValue.Map(("customer", customer ?? CelValue.Unknown("customer")), ("account", account ?? CelValue.Unknown("account")))),
        ("now", CelValue.Of(new DateTimeOffset(2026, 1, 31, 22, 30, 0, TimeSpan.Zero))));

    public static Evaluation Evaluate(string text, DictionaryInput? input = null) => Load(text).Evaluate(input ?? Input());

    public static CelValue Verified(bool value) => CelValue.Map(("email_verified", CelValue.Of(value)));
}

using System.Text.Json;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>An environment with lists and maps to walk over.</summary>
internal static class Orders
{
    private static readonly CelType Args = CelType.Object("args", new Dictionary<string, CelField>
    {
        ["items"] = new(CelType.List(CelType.Object("item", new Dictionary<string, CelField>
        {
            ["name"] = new(CelType.String),
            ["price"] = new(CelType.Double, Optional: true),
        }))),
        ["labels"] = new(CelType.Map(CelType.String, CelType.Int)),
        ["numbers"] = new(CelType.List(CelType.Int)),
        ["note"] = new(CelType.String, Optional: true),
        ["address"] = new(CelType.Object("address", new Dictionary<string, CelField> { ["zip"] = new(CelType.String, Optional: true) }), Optional: true),
        ["any"] = new(CelType.List(CelType.Dyn), Optional: true),
    });

    private static readonly ConditionEnvironment Environment = new(new Dictionary<string, CelType>
    {
        ["args"] = Args,
        ["facts"] = CelType.Object("facts", new Dictionary<string, CelField>
        {
            ["stock"] = new(CelType.List(CelType.Int)),
            ["rate"] = new(CelType.Int),
            ["open"] = new(CelType.Bool),
        }),
    })
    {
        // A bound that a schema would give: nested macros over it stay within the budget.
        Sizes = new StatedSizes(path => path is ["args", "items" or "numbers"] ? new(50, null, null) : default),
    };

    private const string Given = """{"items":[{"name":"pen","price":2.5},{"name":"ink"}],"labels":{"b":2,"a":1,"c":3},"numbers":[3,1,2]}""";

    public static ConditionLoad Compile(string text) => Condition.Compile(text, Environment, CelType.Dyn);

    /// <summary>A condition that no policy could have.</summary>
    public static Condition Tried(string text) =>
        Condition.Compile(text, new ConditionEnvironment(Environment.Variables) { Profile = ConditionProfile.Standard }, CelType.Dyn).Condition!;

    public static Condition Load(string text)
    {
        var load = Compile(text);
        load.Problems.ShouldBeEmpty(text);
        return load.Condition!;
    }

    public static DictionaryInput Input(string args = Given, CelValue? open = null) => new(
        ("args", CelValue.From(JsonDocument.Parse(args).RootElement, Args, "args")),
        ("facts", CelValue.Map(("stock", CelValue.Unknown("stock")), ("rate", CelValue.Failed("The look-up timed out.")), ("open", open ?? CelValue.Unknown("open")))));

    public static Evaluation Evaluate(string text, string args = Given) => Load(text).Evaluate(Input(args));
}

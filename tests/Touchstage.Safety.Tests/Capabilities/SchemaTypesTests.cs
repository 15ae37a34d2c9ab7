using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class SchemaTypesTests
{
    [Theory]
    [InlineData("{ type: string }", "string")]
    [InlineData("{ type: integer }", "int")]
    [InlineData("{ type: [integer] }", "int")]
    [InlineData("{ type: [string, integer] }", "dyn")]
    [InlineData("{ type: [boolean, \"null\"] }", "dyn")]
    [InlineData("{}", "dyn")]
    [InlineData("{ enum: [a, b] }", "string ('a', 'b')")]
    [InlineData("{ enum: [a, 1] }", "dyn")]
    [InlineData("{ type: array, items: { type: [string, integer] } }", "list(dyn)")]
    public void What_may_be_of_several_types_is_dyn(string schema, string type) =>
        Load("args.x", schema, CelType.Dyn).Condition!.Type.ToString().ShouldBe(type);

    [Fact]
    public void What_is_dyn_is_no_condition_by_itself() =>
        Load("args.x", "{ type: [boolean, \"null\"] }", CelType.Bool).Problems.ShouldHaveSingleItem().Message.ShouldBe("This gives dyn, but bool is needed.");

    private static ConditionLoad Load(string text, string schema, CelType expected)
    {
        var manifest = SampleManifest.With(("required: [account_id, amount]", "required: [account_id, amount, x]"), ("note: { type: string }", $"x: {schema}"));
        var (capability, problems) = SampleManifest.Load(manifest[..manifest.IndexOf("tests:", StringComparison.Ordinal)]);
        problems.ShouldBeEmpty();
        return Condition.Compile(text, capability!.Types.Environment, expected);
    }
}

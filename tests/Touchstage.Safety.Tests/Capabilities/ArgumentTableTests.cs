using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Policies.Suggestions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class ArgumentTableTests
{
    // Secret is what any branch calls so, also where the property is listed elsewhere without a word of it.
    [Theory]
    [InlineData("anyOf: [{ properties: { note: { x-sensitive: true } } }, true]")]
    [InlineData("allOf: [{ patternProperties: { \"^n\": { x-sensitive: true } } }]\n  additionalProperties: false")]
    [InlineData("if: { properties: { amount: { minimum: 100 } } }\n  then: { properties: { note: { items: { x-sensitive: true } } } }")]
    [InlineData("dependentSchemas: { amount: { properties: { note: { x-sensitive: true } } } }")]
    public void An_argument_that_a_branch_calls_sensitive_is_sensitive(string keyword)
    {
        var capability = SampleManifest.Sound(("input:\n  type: object\n", $"input:\n  type: object\n  {keyword}\n"));

        new ArgumentTable(capability.Input).IsSensitive("note").ShouldBeTrue();
        new ArgumentTable(capability.Input).IsSensitive("currency").ShouldBeFalse();
        VerifyTypes.Of(capability.Input, JsonSchema.Anything).Arguments.ShouldBeOfType<CelType.ObjectOf>().Fields.Keys.ShouldBe(["account_id", "amount", "currency", "labels"], ignoreOrder: true);
        ScalarPath.Of(capability).Single(path => path.Text == "args.note").HoldsSensitive.ShouldBeTrue();
    }
}

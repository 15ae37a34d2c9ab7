using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class PublishedSchemasTests
{
    [Fact]
    public void A_tool_that_can_be_held_also_takes_the_request_and_the_reasoning()
    {
        var tool = PublishedSchemas.Describe(SampleManifest.Sound());

        tool.CanBeHeld.ShouldBeTrue();
        var properties = tool.InputSchema.GetProperty("properties");
        properties.EnumerateObject().Select(p => p.Name).ShouldBe(["_reasoning", "_user_request", "account_id", "amount", "card", "currency", "labels", "note"]);
        properties.GetProperty("_user_request").GetProperty("type").GetString().ShouldBe("string");
        tool.InputSchema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["account_id", "amount"]);
        tool.InputSchema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
    }

    // The two are taken off before validation; whatever the input says of its names and their number, a call is not refused for them.
    [Theory]
    [InlineData("maxProperties: 2")]
    [InlineData("maxProperties: 3000000000")]
    [InlineData("propertyNames: { maxLength: 10 }")]
    [InlineData("not: { patternProperties: { \"^a\": { type: integer }, \"^_\": false } }")]
    [InlineData("unevaluatedProperties: false")]
    [InlineData("allOf: [{ properties: { account_id: {}, amount: {} }, additionalProperties: false }]")]
    [InlineData("anyOf: [{ properties: { account_id: {}, amount: {} }, additionalProperties: false }, { required: [note] }]")]
    [InlineData("oneOf: [{ maxProperties: 2 }, { minProperties: 3 }]")]
    [InlineData("not: { minProperties: 3 }")]
    [InlineData("not: { propertyNames: { maxLength: 5 } }")]
    [InlineData("if: { minProperties: 3 }\n  then: false")]
    [InlineData("if: { required: [amount] }\n  then: { propertyNames: { maxLength: 10 } }")]
    [InlineData("dependentSchemas: { amount: { maxProperties: 2 } }")]
    [InlineData("enum: [{ account_id: a, amount: 1 }]")]
    [InlineData("$ref: \"#/$defs/two\"\n  $defs: { two: { maxProperties: 2 } }")]
    public void The_request_and_the_reasoning_fit_beside_every_keyword(string keyword)
    {
        var capability = SampleManifest.Sound(("input:\n  type: object\n", $"input:\n  type: object\n  {keyword}\n"));
        JsonSchema.Compile(PublishedSchemas.Describe(capability).InputSchema, SchemaOptions.Standard).TryGet(out var published).ShouldBeTrue();
        CanonicalJson.Parse("""{"account_id":"a","amount":1}""").TryGet(out var bare, out _);
        CanonicalJson.Parse("""{"account_id":"a","amount":1,"_user_request":"Pay.","_reasoning":"Asked."}""").TryGet(out var told, out _);

        capability.Input.Validate(bare!).ShouldBeEmpty();
        published!.Validate(told!).ShouldBeEmpty();
    }

    [Fact]
    public void A_tool_that_cannot_be_held_takes_only_its_arguments()
    {
        var tool = PublishedSchemas.Describe(SampleManifest.Sound(("approval:\n  approvers: [support]\n  summary: \"Pay {amount} to {account_id}\"\n", "")));

        tool.CanBeHeld.ShouldBeFalse();
        tool.InputSchema.GetProperty("properties").TryGetProperty("_reasoning", out _).ShouldBeFalse();
        tool.OutputSchema.GetProperty("properties").TryGetProperty("approval", out _).ShouldBeFalse();
        tool.OutputSchema.GetProperty("properties").GetProperty("status").GetProperty("enum").GetRawText().ShouldNotContain("pending_approval");
    }

    [Fact]
    public void The_output_is_the_shared_envelope_with_what_is_selected()
    {
        var schema = PublishedSchemas.Describe(SampleManifest.Sound()).OutputSchema;

        schema.GetProperty("type").GetString().ShouldBe("object");
        schema.GetProperty("required").GetRawText().ShouldBe("""["status"]""");
        schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["approval", "code", "reason", "result", "status", "step"]);
        schema.GetProperty("properties").GetProperty("result").GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["id"]);
    }

    [Fact]
    public void Nothing_published_trips_a_client()
    {
        foreach (var capability in CatalogLoader.Load(Path.Combine(Repository.Root, "capabilities")).Capabilities!.Values)
        {
            var tool = PublishedSchemas.Describe(capability);
            Keys(JsonNode.Parse(tool.InputSchema.GetRawText())).Concat(Keys(JsonNode.Parse(tool.OutputSchema.GetRawText())))
                .ShouldAllBe(key => !key.StartsWith('$') && !key.StartsWith("x-", StringComparison.Ordinal), capability.Name);
        }
    }

    [Fact]
    public void The_resource_tells_what_a_caller_needs_and_no_rule()
    {
        var json = PublishedSchemas.Describe(SampleManifest.Sound()).ToResourceJson();

        JsonElement.Parse(json).EnumerateObject().Select(p => p.Name).ShouldBe(["can_be_held", "description", "effects", "idempotent", "input", "name", "title"]);
        json.ShouldNotContain("1000");
        json.ShouldNotContain("support");
        json.ShouldNotContain("facts");
        json.ShouldNotContain("/v1/accounts");
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Keys(m.Value).Prepend(m.Key)),
        JsonArray items => items.SelectMany(Keys),
        _ => [],
    };
}

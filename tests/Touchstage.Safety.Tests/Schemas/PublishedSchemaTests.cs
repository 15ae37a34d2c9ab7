using Touchstage.Safety.Schemas;
using static Touchstage.Safety.Tests.Schemas.SchemaTexts;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class PublishedSchemaTests
{
    [Fact]
    public void Publish_ShowsWhatClientsNeed_AndNothingElse()
    {
        var published = Compile(
            """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","$comment":"inner","type":"object","title":"T","properties":
             {"x-ray":{"type":"string","x-sensitive":true,"$comment":"c"},"list":{"type":"array","items":{"type":"object"}},"any":true}}
            """,
            SchemaOptions.Closed).Publish();

        published.GetRawText().ShouldBe(
            """{"additionalProperties":false,"properties":{"any":true,"list":{"items":{"additionalProperties":false,"type":"object"},"type":"array"},"x-ray":{"type":"string"}},"title":"T","type":"object"}""");
        Compile(Refund, SchemaOptions.Open).Publish().GetProperty("additionalProperties").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/a","description":"mine"}},"$defs":{"a":{"type":"string","description":"theirs"}}}""", """{"additionalProperties":false,"properties":{"a":{"description":"mine","type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/a","maxLength":3}},"$defs":{"a":{"type":"string"}}}""", """{"additionalProperties":false,"properties":{"a":{"allOf":[{"type":"string"}],"maxLength":3}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""", """{"additionalProperties":false,"properties":{"a":{"additionalProperties":false,"properties":{"a":true}}}}""")]
    [InlineData("""{"properties":{"a":{"not":{"$ref":"#"}}}}""", """{"additionalProperties":false,"properties":{"a":{}}}""")]
    [InlineData("""{"properties":{"a":{"oneOf":[{"$ref":"#"},{"type":"string"}]}}}""", "anyOf")]
    [InlineData("""{"properties":{"a":{"contentSchema":{"$ref":"#"},"contentMediaType":"application/json"}}}""", """{"additionalProperties":false,"properties":{"a":{"contentMediaType":"application/json"}}}""")]
    public void Publish_WritesReferencesOut_AndOpensWhatHasNoEnd(string schema, string published) =>
        Compile(schema, SchemaOptions.Closed).Publish().GetRawText().ShouldContain(published);

    [Theory]
    [InlineData("""{"properties":{"n":{"$ref":"#"}},"if":{"properties":{"n":{"$ref":"#"}}},"then":{"properties":{"b":{}}},"unevaluatedProperties":false}""", """{"b":1,"n":{"b":1}}""")]
    [InlineData("""{"if":{"$ref":"#/$defs/t"},"then":{"required":["z"]},"$defs":{"t":{"type":"object","properties":{"n":{"$ref":"#/$defs/t"}}}}}""", """{"n":"x"}""")]
    [InlineData("""{"type":"object","not":{"properties":{"n":{"$ref":"#"}},"required":["n"]}}""", """{"n":"x"}""")]
    [InlineData("""{"contains":{"type":"array","items":{"$ref":"#/$defs/t"}},"maxContains":1,"$defs":{"t":{"type":["integer","array"],"items":{"$ref":"#/$defs/t"}}}}""", """[[1],[["x"]]]""")]
    [InlineData("""{"oneOf":[{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]},{"required":["m"]}]}""", """{"n":{},"m":1}""")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}}}},"not":{"type":"object","unevaluatedProperties":{"$ref":"#/$defs/n"}}}""", """{"k":{"n":5}}""")]
    public void Publish_RefusesNothingThatTheSchemaTakes(string schema, string instance)
    {
        var loaded = Compile(schema, SchemaOptions.Open);

        loaded.Validate(Json(instance)).ShouldBeEmpty();
        Compile(loaded.Publish().GetRawText(), SchemaOptions.Standard).Validate(Json(instance)).ShouldBeEmpty($"{loaded.Publish()}");
    }

    [Fact]
    public void Publish_OfASchemaThatDoublesWithEveryLevel_EndsAndIsSmall()
    {
        var levels = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"a{i}\":" + "{\"properties\":{\"l\":{\"$ref\":\"#/$defs/a" + (i + 1) + "\"},\"r\":{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}}}"));
        var schema = Compile("""{"$ref":"#/$defs/a0","$defs":{""" + levels + ""","a40":{"type":"integer"}}}""", Lenient);

        schema.Publish().GetRawText().Length.ShouldBeLessThan(500_000);
        schema.SensitivePointers().ShouldBeEmpty();
    }

    [Fact]
    public void Publish_OfASchemaAsDeepAsNoClientReads_IsCutOff()
    {
        var levels = string.Join(',', Enumerable.Range(0, 70).Select(i => $"\"a{i}\":" + "{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}}}"));
        var published = Compile("""{"$ref":"#/$defs/a0","$defs":{""" + levels + ""","a70":{"type":"integer"}}}""", SchemaOptions.Closed).Publish();

        Should.NotThrow(() => System.Text.Json.Nodes.JsonNode.Parse(published.GetRawText()));
        published.GetProperty("properties").GetProperty("n").GetProperty("properties").GetProperty("n").GetProperty("type").GetString().ShouldBe("object");
    }

    // The target of a reference is written in the reference's place, and may say itself what of other names.
    [Fact]
    public void Publish_OfAReferenceToWhatIsOpen_StaysOpen()
    {
        var schema = Compile("""{"properties":{"x":{"$ref":"#/$defs/d"}},"$defs":{"d":{"properties":{"a":true},"unevaluatedProperties":{"type":"integer"}}}}""", SchemaOptions.Closed);
        var value = Json("""{"x":{"a":"b","c":2}}""");

        schema.Validate(value).ShouldBeEmpty();
        Compile(schema.Publish().GetRawText(), SchemaOptions.Standard).Validate(value).ShouldBeEmpty($"{schema.Publish()}");
    }
}

using Touchstage.Safety.Schemas;
using static Touchstage.Safety.Tests.Schemas.SchemaTexts;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class SensitiveValueTests
{
    [Theory]
    [InlineData("""{"payment_id":"pay_1","amount":1,"card_note":"canary-4111"}""")]
    [InlineData("""{"payment_id":"pay_1","amount":1,"card_note":["canary-4111"]}""")]
    [InlineData("""{"payment_id":"pay_1","amount":1,"card_note":{"canary-4111":"canary-4111"}}""")]
    public void Validate_ASensitiveValue_IsNeverShown(string instance)
    {
        var problem = Problems(Refund, instance).ShouldHaveSingleItem();

        $"{problem}".ShouldNotContain("canary");
        problem.Path.ShouldBe("/card_note");
    }

    [Theory]
    [InlineData("""{"x-sensitive":true,"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}""")]
    [InlineData("""{"x-sensitive":true,"type":"object","additionalProperties":{"type":"integer"}}""")]
    [InlineData("""{"x-sensitive":true,"type":"array","items":{"const":1},"uniqueItems":true,"maxItems":0}""")]
    [InlineData("""{"x-sensitive":true,"enum":[1]}""")]
    [InlineData("""{"x-sensitive":true,"maxProperties":0}""")]
    public void Validate_WhatIsBelowASensitiveValue_IsNeverShown(string schema)
    {
        foreach (var instance in new[] { """{"a":"canary","s":"canary"}""", """{"canary":"canary"}""", """["canary","canary"]""", "\"canary\"" })
        {
            string.Join('\n', Problems(schema, instance)).ShouldNotContain("canary");
        }
    }

    [Fact]
    public void Validate_WhatEnclosesASensitiveValue_IsDescribedAndNotQuoted() =>
        Problems("""{"properties":{"s":{"x-sensitive":true}},"enum":[1]}""", """{"s":"canary"}""").Single().Message
            .ShouldBe("Expected 1, but got an object with 1 property.");

    [Fact]
    public void Mask_ReplacesEverySensitiveValue_AndWhateverHasNotTheShape()
    {
        var schema = Compile(Refund, SchemaOptions.Closed);

        schema.Mask(Json("""{"payment_id":"pay_1","card_note":"canary","lines":[{"sku":"a","secret":{"x":"canary"}}]}""")).Text
            .ShouldBe("""{"card_note":"***","lines":[{"secret":"***","sku":"a"}],"payment_id":"pay_1"}""");
        schema.Mask(Json("""{"card_nott":"canary","lines":{"secret":"canary"}}""")).Text.ShouldBe("""{"card_nott":"***","lines":"***"}""");
        schema.Mask(Json("""["canary"]""")).Text.ShouldBe("\"***\"");
        Compile("""{"additionalProperties":{"x-sensitive":true}}""", SchemaOptions.Open).Mask(Json("""{"a":1,"b":null}""")).Text.ShouldBe("""{"a":"***","b":"***"}""");
    }

    [Theory]
    [InlineData("""{"allOf":[{"properties":{"s":{"x-sensitive":true}}},{"properties":{"s":{"maxLength":1}}}]}""")]
    [InlineData("""{"properties":{"s":{"maxLength":1}},"anyOf":[{"properties":{"s":{"x-sensitive":true}}}]}""")]
    [InlineData("""{"properties":{"s":{"$ref":"#/$defs/s"}},"$defs":{"s":{"allOf":[{"x-sensitive":true},{"maxLength":1}]}}}""")]
    [InlineData("""{"properties":{"s":{"type":"string"}},"patternProperties":{"^s":{"x-sensitive":true,"maxLength":1}}}""")]
    [InlineData("""{"properties":{"s":{"anyOf":[{"type":"integer","x-sensitive":true},{"maxLength":1}]}}}""")]
    [InlineData("""{"properties":{"t":{"properties":{"s":{"x-sensitive":true,"maxLength":1},"t":{"$ref":"#"}}},"s":{"const":1}}}""")]
    public void WhatAnyBranchCallsSensitive_IsNeverShown(string text)
    {
        var schema = Compile(text, SchemaOptions.Open);
        var deep = Json("""{"s":"canary","t":{"s":"canary","t":{"t":{"s":"canary"}}}}""");
        var shallow = Json("""{"s":"canary"}""");

        string.Join('\n', schema.Validate(shallow).Where(p => p.Path == "/s").Select(p => p.Message)).ShouldNotContain(text.Contains("\"t\"", StringComparison.Ordinal) ? "nothing" : "canary");
        (text.Contains("\"t\"", StringComparison.Ordinal) ? schema.Mask(deep).Text.Replace("\"s\":\"canary\",\"t\"", "", StringComparison.Ordinal) : schema.Mask(shallow).Text).ShouldNotContain("canary");
        schema.SensitivePointers().ShouldNotBeEmpty();
    }

    [Fact]
    public void AListedPropertyThatMatchesAPattern_IsAsSensitiveAsThePatternSays() =>
        Compile("""{"properties":{"s1":{},"t":{}},"patternProperties":{"^s":{"x-sensitive":true}}}""", SchemaOptions.Open).Properties
            .Where(property => property.Value.HoldsSensitive).Select(property => property.Key).ShouldBe(["s1"]);

    [Fact]
    public void SensitivePointers_WhereEverySchemaLeadsToEveryOther_End()
    {
        var all = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"p{i}\":" + "{\"$ref\":\"#/$defs/a" + i + "\"}"));
        var schemas = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"a{i}\":" + "{\"properties\":{\"s\":{\"x-sensitive\":true}," + all + "}}"));
        var pointers = Compile("""{"properties":{"r":{"$ref":"#/$defs/a0"}},"$defs":{""" + schemas + "}}", SchemaOptions.Closed).SensitivePointers().ToArray();

        pointers.ShouldContain("/r/s");
        pointers.Length.ShouldBeLessThan(3_000);

        // Whatever is not gone into counts as a whole.
        string[] deep = ["/r/p1/s", "/r/p11/s", "/r/p11/p10/p9/p8/s"];
        deep.ShouldAllBe(secret => pointers.Any(pointer => secret.StartsWith(pointer, StringComparison.Ordinal)));
    }

    [Fact]
    public void SensitivePointers_LeadToThePlace_HoweverItsNameLooks()
    {
        var name = new string('n', 90) + "/~\u202e";

        Compile("{\"properties\":{" + CanonicalText.Quote(name) + ":{\"x-sensitive\":true}}}", SchemaOptions.Closed).SensitivePointers().ShouldBe(["/" + new string('n', 90) + "~1~0\u202e"]);
    }

    [Fact]
    public void ATextThatHoldsADocument_IsMaskedAsAWhole() =>
        Compile("""{"properties":{"card":{"type":"string","x-sensitive":true,"contentMediaType":"application/json","contentSchema":{"properties":{"pin":{"x-sensitive":true}}}}}}""", SchemaOptions.Closed)
            .Mask(Json("""{"card":"{\"pin\":\"canary\"}"}""")).Text.ShouldBe("""{"card":"***"}""");
}

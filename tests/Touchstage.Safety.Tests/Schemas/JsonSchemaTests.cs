using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class JsonSchemaTests
{
    private const string Refund = """
        {
          "type": "object",
          "required": ["payment_id", "amount"],
          "properties": {
            "payment_id": { "type": "string", "pattern": "^pay_[a-z0-9]+$" },
            "amount": { "type": "number", "exclusiveMinimum": 0, "maximum": 1000, "multipleOf": 0.01 },
            "reason": { "type": "string", "maxLength": 5 },
            "card_note": { "type": "string", "maxLength": 5, "x-sensitive": true },
            "lines": { "type": "array", "items": { "type": "object", "properties": { "sku": { "type": "string" }, "secret": { "x-sensitive": true } } } }
          }
        }
        """;

    [Fact]
    public void Validate_WhatFits_HasNoProblems() =>
        Problems(Refund, """{"payment_id":"pay_1","amount":19.99,"reason":"broke","lines":[{"sku":"a"}]}""").ShouldBeEmpty();

    // Attack 13: an argument slips past a numeric rule.
    [Theory]
    [InlineData("""{"payment_id":"pay_1"}""", "required", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":"20"}""", "type", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":null}""", "type", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":true}""", "type", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":"NaN"}""", "type", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":[20]}""", "type", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":-1}""", "exclusiveMinimum", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":-0.0}""", "exclusiveMinimum", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":1e300}""", "maximum", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":1000.01}""", "maximum", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":19.995}""", "multipleOf", "/amount")]
    [InlineData("""{"payment_id":"pay_1","amount":20,"caller":{"roles":["admin"]}}""", "additionalProperties", "/caller")]
    [InlineData("""{"payment_id":"pay_1\n","amount":20}""", "pattern", "/payment_id")]
    [InlineData("""[]""", "type", "")]
    public void Validate_WhatDoesNotFit_NamesRuleAndPlace(string instance, string rule, string path)
    {
        var problem = Problems(Refund, instance).ShouldHaveSingleItem();

        problem.Rule.ShouldBe(rule);
        problem.Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("""{"payment_id":"pay_1","amount":1,"amount":2000}""")]
    [InlineData("""{"payment_id":"pay_1","amount":49.999999999999999999}""")]
    [InlineData("""{"payment_id":"pay_1","amount":1e400}""")]
    [InlineData("""{"payment_id":"pay_1","amount":NaN}""")]
    [InlineData("""{"payment_id":"pay_1","amount":-Infinity}""")]
    public void ANumberThatIsNotOneExactValue_NeverReachesTheSchema(string instance) =>
        CanonicalJson.Parse(instance).TryGet(out _, out _).ShouldBeFalse();

    [Fact]
    public void Validate_TellsTheModelHowToMendIt()
    {
        Problems(Refund, """{"payment_id":"pay_1","amount":20,"reasn":"x"}""").Single().Message
            .ShouldBe("There is no property \"reasn\"; did you mean \"reason\"?");
        Problems(Refund, """{"payment_id":"pay_1","paymentId":"x","amount":1}""").Single().Message
            .ShouldBe("There is no property \"paymentId\"; did you mean \"payment_id\"?");
        Problems(Refund, """{"payment_id":"pay_1","amount":"20"}""").Single().Message
            .ShouldBe("Expected a number, but got the string \"20\".");
        Problems(Refund, """{"payment_id":"pay_1","amount":2000}""").Single().Message
            .ShouldBe("Expected a number of at most 1000, but got 2000.");
        Problems("""{"enum":["a","b"]}""", "\"c\"").Single().Message.ShouldBe("Expected one of \"a\", \"b\", but got \"c\".");
        Problems("""{"type":["integer","null"]}""", "1.5").Single().Message.ShouldBe("Expected an integer or null, but got 1.5.");
        Problems("""{"format":"email"}""", "\"ann\"").Single().Message.ShouldBe("Expected an e-mail address such as ann@example.com, but got \"ann\".");
    }

    [Fact]
    public void Validate_PutsShapeBeforeRange_AndStopsAtTen()
    {
        var problems = Problems(Refund, """{"amount":-1,"zz":1}""");
        problems.Select(p => p.Rule).ShouldBe(["required", "additionalProperties", "exclusiveMinimum"], ignoreOrder: true);
        problems[^1].Rule.ShouldBe("exclusiveMinimum");

        Problems("""{"items":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Range(0, 9_000))}]").Length.ShouldBe(10);
    }

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
    public void Validate_EchoesNoControlOrBidiCharacters_AndCutsWhatIsLong()
    {
        var message = Problems("""{"maxLength":1}""", "\"a\\u202eb\\u0007\"").Single();
        message.Message.ShouldNotContain("\u202e");
        message.Message.ShouldNotContain("\u0007");
        Problems("""{"type":"integer"}""", $"\"{new string('x', 5_000)}\"").Single().Message.Length.ShouldBeLessThan(150);

        var unknown = Problems("""{"properties":{},"additionalProperties":false}""", "{\"a\\u202e\\nb\":1}").Single();
        $"{unknown.Path}{unknown.Message}".ShouldNotContain("\u202e");
        $"{unknown.Path}{unknown.Message}".ShouldNotContain("\n");
    }

    [Fact]
    public void Validate_CountsCodePoints_AndComparesEqualNumbersAsEqual()
    {
        Problems("""{"maxLength":2,"minLength":2}""", "\"😀😀\"").ShouldBeEmpty();
        Problems("""{"uniqueItems":true}""", "[1,1.0]").Single().Rule.ShouldBe("uniqueItems");
        Problems("""{"const":{"b":1,"a":100}}""", """{"a":1e2,"b":1.0}""").ShouldBeEmpty();
        Problems("""{"type":"integer"}""", "1.0").ShouldBeEmpty();
    }

    [Fact]
    public void ClosedByDefault_ClosesEveryObjectThatDoesNotSay()
    {
        const string Schema = """
            {"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":["object","null"]}}},"open":{"type":"object","additionalProperties":true},
             "map":{"type":"object","additionalProperties":{"type":"integer"}},"list":{"items":{"properties":{}}}}}
            """;

        Problems(Schema, """{"a":{"x":1}}""").Single().Path.ShouldBe("/a/x");
        Problems(Schema, """{"a":{"b":{"x":1}}}""").Single().Path.ShouldBe("/a/b/x");
        Problems(Schema, """{"list":[{"x":1}]}""").Single().Path.ShouldBe("/list/0/x");
        Problems(Schema, """{"open":{"x":1},"map":{"x":1}}""").ShouldBeEmpty();
        Problems(Schema, """{"map":{"x":"1"}}""").Single().Path.ShouldBe("/map/x");
        Problems(Schema, """{"a":{"x":1}}""", SchemaOptions.Open).ShouldBeEmpty();
    }

    [Fact]
    public void TheDeclaredShape_IsReadable()
    {
        var schema = Compile(Refund, SchemaOptions.Closed);

        schema.Types!.Value.ShouldBe(["object"]);
        schema.Properties.Keys.ShouldBe(["amount", "card_note", "lines", "payment_id", "reason"]);
        schema.Required.ShouldBe(["amount", "payment_id"]);
        schema.AdditionalAllowed.ShouldBeFalse();
        schema.Properties["amount"].ExclusiveMinimum!.Value.GetRawText().ShouldBe("0");
        schema.Properties["amount"].Maximum!.Value.GetDecimal().ShouldBe(1000);
        schema.Properties["card_note"].IsSensitive.ShouldBeTrue();
        schema.Properties["lines"].Items!.Properties["sku"].Types!.Value.ShouldBe(["string"]);
        schema.SensitivePointers().ShouldBe(["/card_note", "/lines/*/secret"]);
        Compile("""{"type":"number","default":50}""", SchemaOptions.Closed).Default!.Value.GetInt32().ShouldBe(50);
    }

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

    internal static CanonicalJson Json(string text)
    {
        CanonicalJson.Parse(text).TryGet(out var json, out var refusal).ShouldBeTrue(refusal?.ToString());
        return json!;
    }

    private static System.Collections.Immutable.ImmutableArray<Problem> Problems(string schema, string instance, SchemaOptions? options = null) =>
        Compile(schema, options ?? SchemaOptions.Closed).Validate(Json(instance));

    private static JsonSchema Compile(string schema, SchemaOptions options)
    {
        var load = JsonSchema.Compile(JsonElement.Parse(schema), options);
        load.Problems.ShouldBeEmpty();
        return load.Schema!;
    }
}

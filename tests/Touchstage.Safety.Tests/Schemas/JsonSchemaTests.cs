using System.Text.Json;
using Touchstage.Safety.Schemas;
using static Touchstage.Safety.Tests.Schemas.SchemaTexts;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class JsonSchemaTests
{
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

    // What one branch says of other properties is not said of the others: the schema around knows what all of them look at.
    [Theory]
    [InlineData("""{"a":1}""", null)]
    [InlineData("""{"a":1,"c":1}""", null)]
    [InlineData("""{"b":"x"}""", null)]
    [InlineData("""{"a":1,"b":"x"}""", null)]
    [InlineData("""{"a":1,"zz":1}""", "/zz")]
    [InlineData("""{"c":1}""", "")]
    public void ClosedByDefault_ClosesAroundBranches_NotInThem(string instance, string? path)
    {
        const string Schema = """
            {"type":"object","properties":{"c":{}},
             "anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"$ref":"#/$defs/b"}],"not":{"required":["d"]},
             "$defs":{"b":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}}}
            """;

        Problems(Schema, instance).FirstOrDefault()?.Path.ShouldBe(path);
        Problems(Schema, instance).IsEmpty.ShouldBe(path is null);
    }

    [Fact]
    public void ClosedByDefault_LeavesConditionsAsTheyAreWritten()
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"object","additionalProperties":true},"b":{}},"not":{"properties":{"a":{"properties":{"x":{"const":1}},"required":["x"]}},"required":["a"]}}""";

        // Were the object in `not` closed, a second property would get the first past it.
        Problems(Schema, """{"a":{"x":1}}""").Single().Rule.ShouldBe("not");
        Problems(Schema, """{"a":{"x":1,"y":1}}""").Single().Rule.ShouldBe("not");
        Problems(Schema, """{"a":{"x":2}}""").ShouldBeEmpty();
    }

    [Fact]
    public void Validate_NamesTheBranchThatCameClosest_AndWhatItLacks()
    {
        const string Schema = """
            {"oneOf":[{"title":"Card","properties":{"kind":{"const":"card"},"number":{"type":"string"}},"required":["kind","number"]},
                      {"title":"Transfer","properties":{"kind":{"const":"transfer"},"iban":{"type":"string"}},"required":["kind","iban"]},{"type":"string"}]}
            """;

        Problems(Schema, """{"kind":"transfer"}""").Select(p => $"{p.Path}: {p.Message}").ShouldBe(
        [
            ": None of the 3 alternatives fits; the nearest is number 2 (Transfer), which does not because:",
            "/iban: The required property \"iban\" is missing.",
        ]);
        Problems(Schema, """{"kind":"card","iban":1,"number":"4"}""").ShouldHaveSingleItem().Message.ShouldBe("The property \"iban\" is known only to an alternative that does not fit here.");
    }

    [Theory]
    [InlineData("""{"oneOf":[{"minimum":1},{"title":"Even","multipleOf":2}]}""", "4", "oneOf", "Exactly one of the 2 alternatives may fit, but these do: number 1, number 2 (Even).")]
    [InlineData("""{"anyOf":[{"minimum":1}]}""", "0", "anyOf", "The one alternative here does not fit, because:")]
    [InlineData("""{"not":{"title":"A round number","multipleOf":10}}""", "20", "not", "This value is one that is ruled out here: A round number.")]
    [InlineData("""{"contains":{"const":1}}""", "[2,3]", "contains", "Expected at least 1 item that fit `contains`, but none does.")]
    [InlineData("""{"contains":{"const":1},"minContains":2}""", "[1,3]", "minContains", "Expected at least 2 items that fit `contains`, but only 1 do.")]
    [InlineData("""{"contains":{"const":1},"maxContains":1}""", "[1,1]", "maxContains", "Expected at most 1 item that fit `contains`, but 2 do.")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"abc":1}""", "propertyNames", "The property's name does not fit: Expected at most 2 characters, but got 3 characters.")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "dependentRequired", "The property \"b\" is missing; it is required where \"a\" is given.")]
    [InlineData("""{"prefixItems":[{}],"items":false}""", "[1,2]", "false", "Expected nothing here; leave this value out.")]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":false}""", "[1,2]", "unevaluatedItems", "There may be no item here.")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1}""", "required", "The required property \"b\" is missing.")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}""", "1", "type", "Expected a string, but got 1.")]
    [InlineData("""{"allOf":[{"properties":{"reason":{}}}],"unevaluatedProperties":false}""", """{"reasn":1}""", "unevaluatedProperties", "There is no property \"reasn\"; did you mean \"reason\"?")]
    public void Validate_TellsWhatEveryKeywordExpected(string schema, string instance, string rule, string message)
    {
        var problem = Problems(schema, instance, SchemaOptions.Open)[0];

        (problem.Rule, problem.Message).ShouldBe((rule, message));
    }

    [Fact]
    public void WhatReferencesAndBranchesDeclare_IsReadable()
    {
        var schema = Compile(
            """
            {"$ref":"#/$defs/base","properties":{"amount":{"minimum":1},"lines":{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}},"tree":{"$ref":"#/$defs/tree"}},
             "anyOf":[{"properties":{"card":{"type":"string"}}},{"properties":{"iban":{"type":"string"}}}],
             "$defs":{"base":{"type":"object","properties":{"amount":{"type":"number"},"id":{"type":"string"}},"required":["id"]},
                      "tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}
            """,
            SchemaOptions.Closed);

        schema.Types!.Value.ShouldBe(["object"]);
        schema.Required.ShouldBe(["id"]);
        schema.Properties.Keys.ShouldBe(["amount", "card", "iban", "id", "lines", "tree"]);
        (schema.Properties["amount"].Types!.Value.Single(), schema.Properties["amount"].Minimum!.Value.GetInt32()).ShouldBe(("number", 1));
        schema.Properties["card"].Types!.Value.ShouldBe(["string"]);
        schema.Properties["lines"].Items!.Types.ShouldBeNull();
        schema.AdditionalAllowed.ShouldBeFalse();

        // A schema in itself has no end; it is read as far as it does not come again.
        schema.Properties["tree"].Types!.Value.ShouldBe(["object"]);
        schema.Properties["tree"].Properties["children"].Items.ShouldBeNull();
        Problems(schema, """{"id":"a","tree":{"children":[{"children":[{"x":1}]}]}}""").Single().Path.ShouldBe("/tree/children/0/children/0/x");
    }

    // Only where nothing else can let a name in is it known what stands under it.
    [Theory]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{}}}]}""", true, true)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{}}}]}""", false, false)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"additionalProperties":true}]}""", true, false)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"patternProperties":{"^a":true}}]}""", true, false)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"unevaluatedProperties":true}]}""", true, false)]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"a":{"type":"string"}}}]}""", true, false)]
    public void WhatABranchDeclares_IsKnown_OnlyIfNothingElseLetsItIn(string text, bool isClosed, bool isKnown)
    {
        var schema = Compile(text, isClosed ? SchemaOptions.Closed : SchemaOptions.Open);

        schema.Properties["a"].Types.ShouldBe(isKnown ? ["integer"] : null);
        Problems(schema, """{"a":"text"}""").IsEmpty.ShouldBe(!isKnown);
    }

    [Fact]
    public void ASchema_IsCompiledOnce()
    {
        var knot = new SchemaKnot();
        Should.Throw<InvalidOperationException>(() => knot.Body);
        knot.Tie(new(new(), [], []));

        Should.Throw<InvalidOperationException>(() => knot.Tie(new(new(), [], [])));
    }

    [Theory]
    [InlineData("""{"additionalProperties":{"properties":{"a":{}}}}""", """{"x":{"a":1},"y":{}}""")]
    [InlineData("""{"properties":{"x":{"$ref":"#/$defs/x"}},"$defs":{"x":{"properties":{"a":{},"x":{"$ref":"#/$defs/x"}}}}}""", """{"x":{"a":1}}""")]
    [InlineData("""{"properties":{"x":{"anyOf":[{"properties":{"a":{}}},{"type":"null"}]}},"additionalProperties":true}""", """{"x":{"a":1}}""")]
    [InlineData("""{"patternProperties":{"^x":{"type":"object"}}}""", """{"x":{"a":1,"secret":2}}""")]
    [InlineData("""{"properties":{"x":{"properties":{"a":{}},"not":{"required":["secret"],"properties":{"secret":{"const":1}}}}}}""", """{"x":{"a":1}}""")]
    [InlineData("""{"type":"object"}""", """{"x":{"a":1,"secret":2},"y":{}}""")]
    public void WhatAnApiAddsWithoutBeingAsked_IsCutOff(string output, string part) =>
        Touchstage.Safety.Upstream.DeclaredPart.Of(Json("""{"x":{"a":1,"secret":2},"y":{}}""").Root, Compile(output, SchemaOptions.Open), [])!.ToJsonString().ShouldBe(part);

    // A default is never held against its schema again, and proofs take it for one of the values that the schema lets in.
    [Theory]
    [InlineData("""{"maximum":5,"default":50}""")]
    [InlineData("""{"maximum":5,"allOf":[{"default":50}]}""")]
    [InlineData("""{"maximum":5,"$ref":"#/$defs/d","$defs":{"d":{"type":"number","default":50}}}""")]
    public void ADefaultThatDoesNotFit_DoesNotLoad_WhereverItIsWritten(string schema) =>
        JsonSchema.Compile(JsonElement.Parse(schema), SchemaOptions.Open).Problems.ShouldHaveSingleItem().Rule.ShouldBe("default");
}

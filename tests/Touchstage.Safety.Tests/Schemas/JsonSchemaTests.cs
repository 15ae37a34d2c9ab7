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
    public void AListedPropertyThatMatchesAPattern_IsAsSensitiveAsThePatternSays() =>
        Compile("""{"properties":{"s1":{},"t":{}},"patternProperties":{"^s":{"x-sensitive":true}}}""", SchemaOptions.Open).Properties
            .Where(property => property.Value.HoldsSensitive).Select(property => property.Key).ShouldBe(["s1"]);

    [Fact]
    public void ASchemaWhoseDynamicReferencesMeetInEveryOrder_IsRefused()
    {
        var properties = string.Join(',', Enumerable.Range(0, 16).Select(i => $"\"p{i}\":" + "{\"$ref\":\"r" + i + "\"}"));
        var resources = string.Join(',', Enumerable.Range(0, 16).Select(i => $"\"r{i}\":" + "{\"$id\":\"r" + i + "\",\"$dynamicAnchor\":\"a" + i + "\",\"properties\":{" + properties + "}}"));

        JsonSchema.Compile(JsonElement.Parse("{\"$ref\":\"r0\",\"$defs\":{" + resources + "}}"), SchemaOptions.Open).Problems.ShouldHaveSingleItem().Rule.ShouldBe("count");
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
    public void AValueThatFits_CostsNoMemory()
    {
        var schema = Compile(
            """
            {"type":"object","required":["id","amount"],"properties":{"id":{"type":"string","pattern":"^pay_[a-z0-9]+$"},"amount":{"type":"number","exclusiveMinimum":0,"multipleOf":0.01,"maximum":1e3},
             "currency":{"enum":["EUR","USD"]},"note":{"type":"string","maxLength":200},"on":{"format":"date"},"mail":{"format":"email"},"lines":{"type":"array","uniqueItems":true,"items":{"$ref":"#/$defs/line"}}},
             "if":{"properties":{"currency":{"const":"EUR"}}},"then":{"required":["note"]},"$defs":{"line":{"type":"object","properties":{"sku":{"type":"string"},"count":{"type":"integer","minimum":1}}}}}
            """,
            SchemaOptions.Closed);
        var value = Json("""{"id":"pay_1","amount":19.99,"currency":"EUR","note":"broken","on":"2031-12-24","mail":"ann@example.com","lines":[{"sku":"a","count":1},{"sku":"b","count":2}]}""").Root;
        for (var warm = 0; warm < 100; warm++)
        {
            schema.Validate(value).ShouldBeEmpty();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 100; run++)
        {
            _ = schema.Validate(value);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // Attack 27: each of these takes time, or a stack, that grows faster than what is sent.
    [Fact]
    public void WhatIsMadeToTakeLong_IsRefusedOrDoneInTime()
    {
        var levels = string.Join(',', Enumerable.Range(0, 30).Select(i => Both($"a{i}", $"#/$defs/a{i + 1}")));
        var doubling = """{"$ref":"#/$defs/a0","$defs":{""" + levels + ""","a30":{"type":"integer"}}}""";
        Compile(doubling, SchemaOptions.Standard).Validate(Json("1")).ShouldBeEmpty();

        // What a value is closed around is looked for once in each schema, not once on each way to it.
        var closed = Compile("""{"$ref":"#/$defs/a0","$defs":{""" + levels + ""","a30":{"properties":{"a":{"type":"integer"}}}}}""", Lenient);
        closed.Validate(Json("""{"a":1}""")).ShouldBeEmpty();
        closed.Validate(Json("""{"a":"x"}""")).ShouldAllBe(p => p.Path == "/a" && p.Rule == "type");
        closed.Validate(Json("""{"b":1}""")).ShouldHaveSingleItem().Path.ShouldBe("/b");
        closed.Properties["a"].HoldsSensitive.ShouldBeFalse();
        closed.Properties["a"].Properties.ShouldBeEmpty();

        var lists = string.Concat(Enumerable.Repeat("""{"unevaluatedItems":false,"contains":""", 30)) + """{"type":"integer"}""" + new string('}', 30);
        Compile(lists, SchemaOptions.Open).Validate(Json(new string('[', 30) + "1" + new string(']', 30))).ShouldBeEmpty();

        var nested = Compile("""{"anyOf":[{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]},{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a","b"]},{"type":"integer"}],"unevaluatedProperties":false}""", SchemaOptions.Open);
        nested.Validate(Json(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60))).ShouldBeEmpty();
        nested.Validate(Json(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "\"x\"" + new string('}', 60))).ShouldAllBe(p => p.Rule == "anyOf");

        var chain = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"a{i}\":" + "{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}"));
        JsonSchema.Compile(JsonElement.Parse("""{"$ref":"#/$defs/a0","$defs":{""" + chain + ""","a100":true}}"""), SchemaOptions.Open).Problems.ShouldNotBeEmpty();

        // Each level of the instance is gone through by fifty schemas one inside the other; the stack is not for that.
        var ladder = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"a{i}\":" + "{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}"));
        var tall = Compile("""{"$ref":"#/$defs/a0","$defs":{""" + ladder + ""","a50":{"properties":{"a":{"$ref":"#/$defs/a0"}}}}}""", SchemaOptions.Open);
        tall.Validate(Json("""{"a":{"a":1}}""")).ShouldBeEmpty();
        tall.Validate(Json(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60))).ShouldHaveSingleItem().Rule.ShouldBe("effort");

        static string Both(string name, string target) => $"\"{name}\":" + "{\"allOf\":[{\"$ref\":\"" + target + "\"},{\"$ref\":\"" + target + "\"}]}";
    }

    // Types, domains and the places of secrets are written out; so what explodes there does not load.
    [Theory]
    [InlineData("""{"properties":{"l":NEXT,"r":NEXT}}""")]
    [InlineData("""{"allOf":[NEXT,NEXT]}""")]
    [InlineData("""{"items":NEXT,"additionalProperties":NEXT}""")]
    public void ASchemaThatDoublesWithEveryLevel_DoesNotLoad(string level)
    {
        var levels = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"a{i}\":" + level.Replace("NEXT", "{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}", StringComparison.Ordinal)));

        JsonSchema.Compile(JsonElement.Parse("""{"$ref":"#/$defs/a0","$defs":{""" + levels + ""","a20":{"type":"integer"}}}"""), SchemaOptions.Closed)
            .Problems.ShouldHaveSingleItem().Rule.ShouldBe("count");
    }

    [Fact]
    public void NamesAsLongAsASchemaMayBe_CostNoMoreThanTheirLength()
    {
        var inner = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"p{i}\":true"));
        var schema = JsonElement.Parse("""{"properties":{"NAME":{"properties":{""".Replace("NAME", new('n', 500_000), StringComparison.Ordinal) + inner + "}}}}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        JsonSchema.Compile(schema, SchemaOptions.Closed).Problems.ShouldBeEmpty();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public void OfAThousandBranches_TheNearestIsFoundInTime()
    {
        var branches = string.Join(',', Enumerable.Range(0, 1_000).Select(i => """{"type":"object","properties":{"a":{"type":"integer"},"k""" + i + "\":{}}}"));
        var schema = Compile("""{"type":"object","properties":{"v":{"anyOf":[""" + branches + """]},"s":{"x-sensitive":true}}}""", SchemaOptions.Closed);
        var value = Json("""{"v":{"a":"x"}}""");
        var before = GC.GetAllocatedBytesForCurrentThread();

        schema.Validate(value).Select(p => p.Path).ShouldBe(["/v", "/v/a"]);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

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

    // A default is never held against its schema again, and proofs take it for one of the values that the schema lets in.
    [Theory]
    [InlineData("""{"maximum":5,"default":50}""")]
    [InlineData("""{"maximum":5,"allOf":[{"default":50}]}""")]
    [InlineData("""{"maximum":5,"$ref":"#/$defs/d","$defs":{"d":{"type":"number","default":50}}}""")]
    public void ADefaultThatDoesNotFit_DoesNotLoad_WhereverItIsWritten(string schema) =>
        JsonSchema.Compile(JsonElement.Parse(schema), SchemaOptions.Open).Problems.ShouldHaveSingleItem().Rule.ShouldBe("default");

    [Fact]
    public void WhatThousandsOfBranchesSayOfOneProperty_IsReadWithoutDepth()
    {
        var branches = string.Join(',', Enumerable.Repeat("""{"properties":{"a":{"type":"integer"}}}""", 1_800));
        var schema = Compile("""{"type":"object","allOf":[""" + branches + "]}", SchemaOptions.Closed);

        schema.Properties["a"].Types.ShouldBe(["integer"]);
        schema.Properties["a"].Parts.Length.ShouldBe(1_800);
    }

    [Fact]
    public void AValidationThatIsGivenUp_IsANo()
    {
        var many = string.Join(',', Enumerable.Range(0, 200).Select(i => "{\"not\":{\"const\":" + i + "}}"));
        var long199 = Json($"[{string.Join(',', Enumerable.Repeat("199", 9_000))}]");
        var long999 = Json($"[{string.Join(',', Enumerable.Repeat("999", 9_000))}]");

        Compile("{\"items\":{\"not\":{\"allOf\":[" + many + "]}}}", SchemaOptions.Open).Validate(long199).ShouldHaveSingleItem().Rule.ShouldBe("effort");

        // Were it not, what takes too long to be ruled out would be let in.
        Compile("{\"not\":{\"items\":{\"allOf\":[" + many + "]}}}", SchemaOptions.Open).Validate(long999).ShouldHaveSingleItem().Rule.ShouldBe("effort");
    }

    private static readonly SchemaOptions Lenient = new(IsStrict: false, ClosedByDefault: true);

    internal static CanonicalJson Json(string text)
    {
        CanonicalJson.Parse(text).TryGet(out var json, out var refusal).ShouldBeTrue(refusal?.ToString());
        return json!;
    }

    private static System.Collections.Immutable.ImmutableArray<Problem> Problems(string schema, string instance, SchemaOptions? options = null) =>
        Compile(schema, options ?? SchemaOptions.Closed).Validate(Json(instance));

    private static System.Collections.Immutable.ImmutableArray<Problem> Problems(JsonSchema schema, string instance) => schema.Validate(Json(instance));

    private static JsonSchema Compile(string schema, SchemaOptions options)
    {
        var load = JsonSchema.Compile(JsonElement.Parse(schema), options);
        load.Problems.ShouldBeEmpty();
        return load.Schema!;
    }
}

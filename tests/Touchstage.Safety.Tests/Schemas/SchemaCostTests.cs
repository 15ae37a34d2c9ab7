using System.Text.Json;
using Touchstage.Safety.Schemas;
using static Touchstage.Safety.Tests.Schemas.SchemaTexts;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>What is compiled and what is checked costs no more than its length, or is refused.</summary>
public sealed class SchemaCostTests
{
    [Fact]
    public void ASchemaWhoseDynamicReferencesMeetInEveryOrder_IsRefused()
    {
        var properties = string.Join(',', Enumerable.Range(0, 16).Select(i => $"\"p{i}\":" + "{\"$ref\":\"r" + i + "\"}"));
        var resources = string.Join(',', Enumerable.Range(0, 16).Select(i => $"\"r{i}\":" + "{\"$id\":\"r" + i + "\",\"$dynamicAnchor\":\"a" + i + "\",\"properties\":{" + properties + "}}"));

        JsonSchema.Compile(JsonElement.Parse("{\"$ref\":\"r0\",\"$defs\":{" + resources + "}}"), SchemaOptions.Open).Problems.ShouldHaveSingleItem().Rule.ShouldBe("count");
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
}

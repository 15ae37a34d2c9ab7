using System.Text.Json;
using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.Inbox.Parts;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "just now")]
    [InlineData(44, "just now")]
    [InlineData(45, "1 min ago")]
    [InlineData(150, "2 min ago")]
    [InlineData(3_600, "1 h ago")]
    [InlineData(172_799, "47 h ago")]
    [InlineData(172_800, "2 days ago")]
    public void Ages_read_well(int seconds, string text) => TimeText.Age(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0, "time is over", "over")]
    [InlineData(59, "less than 1 min left", "now")]
    [InlineData(899, "14 min left", "now")]
    [InlineData(900, "15 min left", "soon")]
    [InlineData(3_600, "1 h 0 min left", "calm")]
    [InlineData(172_800, "2 days left", "calm")]
    public void Time_left_reads_well(int seconds, string text, string urgency)
    {
        TimeText.Left(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
        TimeText.Urgency(TimeSpan.FromSeconds(seconds)).ShouldBe(urgency);
    }

    [Theory]
    [InlineData("acme/touchstage/ada%40example.com", "ada@example.com", null)]
    [InlineData("acme/touchstage/helper/ada", "helper for ada", null)]
    [InlineData("acme/https%3A%2F%2Flogin.example/a%2Fb", "a/b", "https://login.example")]
    [InlineData("odd", "odd", null)]
    public void People_are_called_by_their_names(string key, string name, string? issuer)
    {
        PersonText.Name(key).ShouldBe(name);
        PersonText.Issuer(key).ShouldBe(issuer);
    }

    [Theory]
    [InlineData("""{"type":"string","maxLength":100}""", "Line")]
    [InlineData("""{"type":"string","maxLength":101}""", "Lines")]
    [InlineData("""{"type":"string"}""", "Lines")]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "Line")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", "Choice")]
    [InlineData("""{"type":"boolean"}""", "Choice")]
    [InlineData("""{"type":"integer"}""", "Number")]
    [InlineData("""{"type":"number"}""", "Number")]
    [InlineData("""{"type":"array"}""", "Json")]
    [InlineData("""{"type":["string","null"]}""", "Json")]
    [InlineData("""{}""", "Json")]
    public void A_field_is_of_the_kind_of_its_schema(string schema, string kind) => Fields(schema, "null").ShouldHaveSingleItem().Kind.ToString().ShouldBe(kind);

    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "b", """{"x":"b"}""")]
    [InlineData("""{"type":"string"}""", "\"a\"", "a", "{}")]
    [InlineData("""{"type":"string"}""", "\"a\\r\\nb\"", "a\nb", "{}")]
    [InlineData("""{"type":"string"}""", "\"a\"", "", """{"x":null}""")]
    [InlineData("""{"type":"number"}""", "1", "1.50", """{"x":1.50}""")]
    [InlineData("""{"type":"boolean"}""", "true", "false", """{"x":false}""")]
    [InlineData("""{"enum":["a",2]}""", "\"a\"", "2", """{"x":2}""")]
    [InlineData("""{"type":"object"}""", """{"a":1,"b":{"c":1,"d":2}}""", """{"b":{"c":3}}""", """{"x":{"a":null,"b":{"c":3,"d":null}}}""")]
    [InlineData("""{"type":"object"}""", """{"a":1}""", """[1]""", """{"x":[1]}""")]
    public void A_patch_holds_what_differs(string schema, string current, string typed, string patch)
    {
        var read = FieldPatch.Of(Fields(schema, current, typed));

        read.Errors.ShouldBeEmpty();
        read.Changes.GetRawText().ShouldBe(patch);
    }

    [Theory]
    [InlineData("""{"type":"number"}""", "1,5")]
    [InlineData("""{"type":"number"}""", "true")]
    [InlineData("""{"type":"number"}""", "NaN")]
    [InlineData("""{"type":"object"}""", "{")]
    [InlineData("""{"type":"object"}""", """{"a":1,"a":2}""")]
    public void What_cannot_be_read_is_told(string schema, string typed)
    {
        var read = FieldPatch.Of(Fields(schema, "1", typed));

        read.Errors.ShouldHaveSingleItem().Field.ShouldBe("arg-x");
        read.Changes.GetRawText().ShouldBe("{}");
    }

    private static System.Collections.Immutable.ImmutableArray<FormField> Fields(string schema, string current, string? typed = null) =>
        FieldReader.Read(Json($$$"""{"type":"object","properties":{"x":{{{schema}}}}}"""), Json($$$"""{"x":{{{current}}}}"""), _ => typed);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}

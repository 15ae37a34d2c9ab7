using System.Text.Json;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class FormValueTests
{
    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","properties":{
          "text":{"type":"string"},"either":{"type":["string","null"]},"choice":{"enum":["a","1"]},"mixed":{"enum":["a",1]},
          "number":{"type":"number"},"whole":{"type":"integer"},"flag":{"type":"boolean"},"list":{"type":"array"}}}
        """);

    [Theory]
    [InlineData("text", "20", "\"20\"")]
    [InlineData("text", "null", "\"null\"")]
    [InlineData("text", "", "\"\"")]
    [InlineData("text", "a=b", "\"a=b\"")]
    [InlineData("either", "null", "\"null\"")]
    [InlineData("choice", "1", "\"1\"")]
    [InlineData("mixed", "1", "1")]
    [InlineData("number", "20.10", "20.10")]
    [InlineData("number", "49.999999999999999999", "49.999999999999999999")]
    [InlineData("number", "a lot", "\"a lot\"")]
    [InlineData("whole", "007", "\"007\"")]
    [InlineData("flag", "true", "true")]
    [InlineData("flag", "yes", "\"yes\"")]
    [InlineData("list", """["a"]""", """["a"]""")]
    [InlineData("list", """{"a":1,"a":2}""", "\"{\\u0022a\\u0022:1,\\u0022a\\u0022:2}\"")]
    [InlineData("number", "null", "null")]
    [InlineData("unknown", "20", "20")]
    public void Of_Typed_HasTheFormsType(string name, string typed, string expected) =>
        (FormValue.Of(Form, name, typed)?.ToJsonString() ?? "null").ShouldBe(expected);

    [Fact]
    public void From_Pairs_KeepsNumbersAsTyped() =>
        ChangesSource.From(["number=20.10", "text=x=y"], Form).GetRawText().ShouldBe("""{"number":20.10,"text":"x=y"}""");
}

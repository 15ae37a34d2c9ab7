using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Tools;
using Touchstage.Mcp.Transports;

namespace Touchstage.Mcp.Tests.Tools;

public sealed class ReceivedArgumentsTests
{
    [Theory]
    [InlineData("""{"a":1.0,"b":1e400,"c":49.999999999999999999,"d":9007199254740993}""")]
    [InlineData("""{"amount":80,"amount":20}""")]
    [InlineData("""{"a":{"x":1,"x":2}}""")]
    public void Of_NumbersAndDuplicateKeys_StayAsTheyWereSpelled(string arguments) =>
        ReceivedArguments.Of(Call($$"""{"name":"t","arguments":{{arguments}}}""")).ShouldBe(arguments);

    [Theory]
    [InlineData("""{"name":"t"}""")]
    [InlineData("""{"name":"t","arguments":null}""")]
    public void Of_None_IsAnEmptyObject(string parameters) => ReceivedArguments.Of(Call(parameters)).ShouldBe("{}");

    [Theory]
    [InlineData("[1]", "params must be an object")]
    [InlineData("{}", "params.name")]
    [InlineData("""{"name":1}""", "params.name")]
    [InlineData("""{"name":"t","arguments":[1]}""", "params.arguments")]
    [InlineData("""{"name":"t","arguments":"x"}""", "params.arguments")]
    [InlineData("""{"name":"t","name":"u"}""", "not well-formed")]
    [InlineData("""{"name":"t","arguments":{},"arguments":{"a":1}}""", "not well-formed")]
    [InlineData("""{"name":"t","arguments":{"a":"\ud800"}}""", "not well-formed")]
    public void ParameterCheck_Malformed_SaysWhat(string parameters, string expected) => ParameterCheck.ProblemOf(Call(parameters)).ShouldNotBeNull().ShouldContain(expected);

    [Fact]
    public void ParameterCheck_DuplicateArgument_IsLeftToTheSafetyLibraryWhichRefusesIt()
    {
        var call = Call("""{"name":"t","arguments":{"amount":80,"amount":20}}""");

        ParameterCheck.ProblemOf(call).ShouldBeNull();
        ReceivedArguments.Of(call).ShouldBe("""{"amount":80,"amount":20}""");
    }

    private static JsonRpcRequest Call(string parameters) => new() { Method = RequestMethods.ToolsCall, Id = new(1), Params = JsonNode.Parse(parameters) };
}

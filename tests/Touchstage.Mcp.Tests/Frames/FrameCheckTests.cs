using System.Text;
using Touchstage.Mcp.Frames;

namespace Touchstage.Mcp.Tests.Frames;

public sealed class FrameCheckTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"x","arguments":{"a":[1,{"b":"\ud83d\ude00"}]},"_meta":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"b":1,"b":2}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":null}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"},"more":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}""")]
    [InlineData(""" { "method" : "ping" , "id" : -9007199254740993 , "jsonrpc" : "2.0" , "extra" : 1 } """)]
    public void AMessage_IsOne(string frame) => ProblemOf(frame).ShouldBeNull();

    [Theory]
    [InlineData("", -32700, null)]
    [InlineData("hello", -32700, null)]
    [InlineData("""{"jsonrpc":"2.0","id":1,""", -32700, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","method":"ping"}}""", -32700, "\"x\"")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","name":"b"}}""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","n\u0061me":"b"}}""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"id":8,"method":"ping"}""", -32700, null)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"x","params":{"_meta":{"a":[{"b":1,"b":1}]}}}""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"x","params":{"arguments":{},"arguments":{"a":1}}}""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"\ud800"}}""", -32700, null)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"x","params":{"\udfff":1}}""", -32700, null)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"x"}""", -32700, null)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600, null)]
    [InlineData("null", -32600, null)]
    [InlineData("""{"id":1,"method":"ping"}""", -32600, "1")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", -32600, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, null)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, null)]
    [InlineData("""{"jsonrpc":"2.0","id":1e400,"method":"ping"}""", -32600, null)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600, null)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""", -32600, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"x"}""", -32600, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"x","params":[1]}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":7}}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":{}}}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":5}}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize"}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":"x","clientInfo":{"name":"a","version":"1"}}}""", -32602, "1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":7,"capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""", -32602, "1")]
    public void WhatIsNone_IsToldByItsCode_AndByItsIdWhereThereIsOne(string frame, int code, string? id)
    {
        var problem = ProblemOf(frame).ShouldNotBeNull();

        (problem.Code, problem.Id).ShouldBe((code, id));
        problem.Reason.ShouldEndWith(".");
    }

    [Fact]
    public void Depth_IsBounded()
    {
        ProblemOf(Nested(61)).ShouldBeNull();
        ProblemOf(Nested(64)).ShouldNotBeNull().Id.ShouldBe("1");
        ProblemOf(Nested(100_000)).ShouldNotBeNull().Code.ShouldBe(-32700);
    }

    [Fact]
    public void AnId_OfMoreThan256Characters_IsNone() =>
        ProblemOf($$"""{"jsonrpc":"2.0","id":"{{new string('x', 257)}}","method":"ping"}""").ShouldNotBeNull().Id.ShouldBeNull();

    [Fact]
    public void WhatIsNoUtf8_IsNoMessage() =>
        FrameCheck.ProblemOf(Encoding.Latin1.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\u00ff\"}")).ShouldNotBeNull().Code.ShouldBe(-32700);

    private static string Nested(int depth) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""";

    private static FrameProblem? ProblemOf(string frame) => FrameCheck.ProblemOf(Encoding.UTF8.GetBytes(frame));
}

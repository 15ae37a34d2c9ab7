using System.Text.Json.Nodes;
using Touchstage.Mcp.Tools;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.Tools;

public sealed class AiInvocationTests
{
    [Theory]
    [InlineData("""{"userRequest":"u","reasoning":"r"}""", "u", "r")]
    [InlineData("""{"user_request":"u"}""", "u", null)]
    [InlineData("""{"userRequest":1,"reasoning":["r"]}""", null, null)]
    [InlineData("\"text\"", null, null)]
    [InlineData("""{"reasoning":"a","reasoning":"b"}""", null, null)]
    [InlineData("""{"reasoning":"\ud800"}""", null, null)]
    public void Of_WhateverTheModelSent_TakesPlainTextsOnly(string told, string? request, string? reasoning) =>
        AiInvocation.Of((JsonObject)JsonNode.Parse($$"""{"io.modelcontextprotocol/aiInvocation":{{told}}}""")!).ShouldBe(new Narrative(request, reasoning));

    [Fact]
    public void Of_LongText_IsCutBetweenCharacters()
    {
        var told = new JsonObject { ["reasoning"] = new string('x', 1_999) + "\U0001F600" };

        AiInvocation.Of(new() { ["io.modelcontextprotocol/aiInvocation"] = told }).Reasoning.ShouldBe(new string('x', 1_999) + "…");
    }
}

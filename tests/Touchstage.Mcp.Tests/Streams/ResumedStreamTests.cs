using System.Net;
using System.Text;
using System.Text.Json;
using Touchstage.Mcp.Tests.Transports;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Streams;

public sealed class ResumedStreamTests
{
    private const string Held = """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"refund_user","arguments":{"payment_id":"pay_1","amount":80}}}""";

    [Fact]
    public async Task AClientThatWasCutOff_ReadsOnWhereItWas_WhatHappenedMeanwhileToo()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        var id = await SubscribedAsync(session);
        var lastEvent = await PrimedAsync(http, session.Id);

        await RejectAsync(server, id);
        using var again = await ResumeAsync(http, session.Id, lastEvent);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LineAsync(again, "notifications/resources/updated")).ShouldContain($"touchstage://approvals/{id}");
    }

    [Fact]
    public async Task TheAnswerOfACall_WhoseConnectionWasCut_IsStillToBeHad()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        using var response = await RawSession.PostAsync(http, Held, session.Id);
        var first = (await response.Content.ReadAsStringAsync()).Split('\n').First(line => line.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..];

        using var again = await ResumeAsync(http, session.Id, first);

        (await LineAsync(again, "pending_approval")).ShouldContain("\"id\":3");
    }

    [Fact]
    public async Task AnotherSessionOrPerson_ReadsNobodysEvents()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);
        await SubscribedAsync(session);
        var lastEvent = await PrimedAsync(http, session.Id);
        using var own = await RawSession.OpenAsync(http);

        using (var otherSession = await ResumeAsync(http, own.Id, lastEvent))
        {
            otherSession.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        foreach (var key in new[] { await server.Host.AgentAsync("globex"), await server.Host.AgentAsync(subject: "eve@example.com"), await server.Host.ApproverAsync() })
        {
            using var stranger = server.Http(key);
            using var theirs = await RawSession.OpenAsync(stranger);
            using var inTheirs = await ResumeAsync(stranger, theirs.Id, lastEvent);
            inTheirs.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            using var inMine = await ResumeAsync(stranger, session.Id, lastEvent);
            inMine.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("00000000000000000000000000000000-0")]
    [InlineData("x-99999999999999999999")]
    [InlineData("-1-")]
    public async Task AnEventThatIsUnknown_Is400(string lastEvent)
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(http);

        using var response = await ResumeAsync(http, session.Id, lastEvent);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<string> SubscribedAsync(RawSession session)
    {
        var id = (await session.SendAsync(Held)).GetProperty("result").GetProperty("structuredContent").GetProperty("approval").GetProperty("id").GetString()!;
        await session.SendAsync(JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 4, method = "resources/subscribe", @params = new { uri = $"touchstage://approvals/{id}" } }));
        return id;
    }

    // Opens the stream, reads the id of its first event, and leaves.
    private static async Task<string> PrimedAsync(HttpClient http, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience.ForAnEvent);
        response.EnsureSuccessStatusCode();
        return (await LineAsync(response, "id: "))["id: ".Length..];
    }

    private static Task<HttpResponseMessage> ResumeAsync(HttpClient http, string session, string lastEvent)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEvent);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience.ForAnEvent);
    }

    private static async Task<string> LineAsync(HttpResponseMessage response, string part)
    {
        using var late = new CancellationTokenSource(Patience.ForAnEvent);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        while (await reader.ReadLineAsync(late.Token) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The stream ended without '{part}'.");
    }

    private static async Task RejectAsync(RunningServer server, string id)
    {
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        await approver.GetPromptAsync("reject", new Dictionary<string, object?> { ["id"] = id, ["reason"] = "no" });
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>A client may take back a request: before it is sent upstream nothing is sent, and after that it is never broken off half-way.</summary>
[Collection(PayoutCollection.Name)]
public sealed class CancellationTests(PayoutDeployment deployment)
{
    private const string Payout = "POST /v1/payouts";
    private const string Fact = "GET /v1/account";

    public static TheoryData<string, int> Doors => new()
    {
        { "http 2025-11-25", 700 }, { "http 2026-07-28", 710 }, { "sse", 720 }, { "stdio 2025-11-25", 730 }, { "stdio 2026-07-28", 740 },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Taken_back_before_it_is_sent_a_call_is_not_sent(string door, int amount)
    {
        await using var party = await OpenAsync(door);
        var before = deployment.Upstream.Lines.Count;
        using var stop = new CancellationTokenSource();
        var (call, request) = Call(party, "pay_checked", amount, stop.Token);
        var fact = await NextAsync(Fact);

        await TakeBackAsync(party, request, stop);
        await EndedAsync(call);
        await fact.AnswerAsync("""{"open":true}""");

        // The next one goes through, and nothing went before it.
        var (next, _) = Call(party, "pay_checked", amount + 1, default);
        await (await NextAsync(Fact)).AnswerAsync("""{"open":true}""");
        await (await NextAsync(Payout)).AnswerAsync("""{"id":"po_1"}""");
        Envelope(await next).Text("status").ShouldBe("completed");
        deployment.Upstream.Lines.Skip(before).ShouldBe([Fact, Fact, Payout]);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Taken_back_while_it_is_sent_a_call_goes_to_its_end_and_its_outcome_is_kept(string door, int amount)
    {
        await using var party = await OpenAsync(door);
        var before = deployment.Upstream.Lines.Count;
        using var stop = new CancellationTokenSource();
        var (call, request) = Call(party, "pay_out", amount + 2, stop.Token);
        var payout = await NextAsync(Payout);

        await TakeBackAsync(party, request, stop);
        await EndedAsync(call);
        await payout.AnswerAsync("""{"id":"po_2"}""");

        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        JsonElement again;
        do
        {
            again = Envelope(await Call(party, "pay_out", amount + 2, patience.Token).Answer);
        }
        while (again.TryGetProperty("code", out var code) && code.GetString() == "in_flight");

        again.Text("status").ShouldBe("completed", again.GetRawText());
        again.GetProperty("result").Text("id").ShouldBe("po_2");
        deployment.Upstream.Lines.Skip(before).ShouldBe([Payout]);
    }

    private static JsonElement Envelope(JsonRpcResponse answer) => JsonElement.Parse(answer.Result!["structuredContent"]!.ToJsonString());

    private static (Task<JsonRpcResponse> Answer, JsonRpcRequest Request) Call(Party party, string tool, int amount, CancellationToken cancellation)
    {
        var request = new JsonRpcRequest
        {
            Id = new RequestId($"{tool}-{amount}-{Path.GetRandomFileName()}"),
            Method = RequestMethods.ToolsCall,
            Params = new JsonObject { ["name"] = tool, ["arguments"] = new JsonObject { ["amount"] = amount } },
        };
        return (party.Client.SendRequestAsync(request, cancellation), request);
    }

    // Up to 2025-11-25, and on streams, by a notification; over HTTP later by closing the request, which is what this client's token does.
    private static async Task TakeBackAsync(Party party, JsonRpcRequest request, CancellationTokenSource stop)
    {
        await party.Client.SendNotificationAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = request.Id, Reason = "not any more" });
        await stop.CancelAsync();
    }

    private static async Task EndedAsync(Task call)
    {
        var ended = await Should.ThrowAsync<Exception>(() => call.WaitAsync(Patience.ForAnEvent));
        ended.ShouldNotBeOfType<TimeoutException>();
    }

    private async Task<HeldRequest> NextAsync(string line)
    {
        var next = await deployment.Upstream.NextAsync();
        next.Line.ShouldBe(line);
        return next;
    }

    private async Task<Party> OpenAsync(string door)
    {
        var key = deployment.Agent.Key;
        return door.Split(' ') switch
        {
            ["stdio", var era] => await Party.OverStdioAsync(deployment, key, era),
            ["http", var era] => await Party.OverHttpAsync(deployment, await deployment.ServerAsync(), key, era),
            _ => await Party.OverHttpAsync(deployment, await deployment.ServerAsync(), key, isSse: true),
        };
    }
}

using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Tests.Prompts;

/// <summary>What a client may do with the sealed state of a form: bring it back, once, for what and to whom it was shown.</summary>
public sealed class RequestStateTests
{
    private static readonly object Yes = Prompting.Filled("decision", new { decision = "approve" });

    [Fact]
    public async Task Answer_TakenBack_ReportsTheDecisionHarmlessly()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        (await approver.LegAsync("review", new { id }, leg.State(), Yes)).Text().ShouldStartWith("Recorded: you said yes");
        (await approver.LegAsync("review", new { id }, leg.State(), Yes)).Text().ShouldStartWith("You had already said yes");
        (await approver.LegAsync("review", new { id }, leg.State(), Prompting.Filled("decision", new { decision = "reject" }))).Text().ShouldStartWith("You had already said yes");
    }

    [Fact]
    public async Task Replay_AfterTheFormWasClosed_DecidesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        (await approver.LegAsync("review", new { id }, leg.State(), new { decision = new { action = "decline" } })).Text().ShouldStartWith("No decision was recorded.");

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), Yes)).ShouldContain("has been answered already");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task Replay_OfTheFirstFormBesideItsPreview_DecidesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);
        var preview = await approver.LegAsync("review", new { id }, leg.State(), Prompting.Filled("decision", new { decision = "modify", change_amount = 60 }));
        ((string)preview["resultType"]!).ShouldBe("input_required");

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), Yes)).ShouldContain("has been answered already");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task Answer_ToAnotherQuestion_IsNoAnswer()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);
        var preview = await approver.LegAsync("review", new { id }, leg.State(), Prompting.Filled("decision", new { decision = "modify", change_amount = 60 }));

        (await approver.RefusedLegAsync("review", new { id }, preview.State(), Yes)).ShouldContain("inputResponses.confirmation is missing");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task FormAnswer_WhereOnlyTheInboxWasOffered_DecidesNothing()
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("confirm: form"), inboxUrl: "https://inbox.example/inbox");
        var id = (await server.Host.CallAsync(await server.Host.AgentAsync(), "transfer", """{"account":"acc_1","amount":2.5}""")).Approval!.Id;
        var approver = new RawApprover(server.Http(await server.Host.ApproverAsync()), """{"url":{}}""");
        var leg = await approver.LegAsync("review", new { id });
        leg["inputRequests"]!.AsObject().Select(asked => asked.Key).ShouldBe(["inbox"]);

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), Yes)).ShouldContain("inputResponses.inbox is missing");
        (await approver.LegAsync("review", new { id }, leg.State(), new { inbox = new { action = "accept" }, decision = new { action = "accept", content = new { decision = "approve" } } })).Text()
            .ShouldStartWith("The inbox was opened; the decision is made there");

        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task InboxAnswer_WhereAFormWasShown_IsNoAnswer()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), new { inbox = new { action = "accept" } })).ShouldContain("inputResponses.decision is missing");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task State_TooOld_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        server.Host.Time.Advance(TimeSpan.FromMinutes(10));

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), Yes)).ShouldContain("older than 10 minutes");
        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task State_TamperedWith_OrMissing_OrMadeUp_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);
        var real = leg.State();

        foreach (var state in (string?[])[real[..^6] + (real[^6] == 'A' ? 'B' : 'A') + real[^5..], "", "x", $$"""{"Tenant":"acme","ApprovalId":"{{id}}"}""", null])
        {
            (await approver.RefusedLegAsync("review", new { id }, state, Yes)).ShouldContain("requestState does not belong");
        }

        await StillPendingAsync(server, id);
    }

    [Fact]
    public async Task State_OfAnotherPrompt_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        (await approver.RefusedLegAsync("modify", new { id, changes = "{}" }, leg.State(), Yes)).ShouldContain("requestState does not belong");
    }

    [Theory]
    [InlineData("""{ "decision": { "action": "accept", "content": { "decision": "yes" } } }""", "decision must be one of")]
    [InlineData("""{ "decision": { "action": "accept", "content": { "decision": ["approve"] } } }""", "decision must be one of")]
    [InlineData("""{ "decision": { "action": "accept", "content": {} } }""", "decision must be one of")]
    [InlineData("""{ "decision": { "action": "accept", "content": { "decision": "reject", "tag": "x" } } }""", "tag must be one of")]
    [InlineData("""{ "decision": "approve" }""", "")]
    [InlineData("""{ "other": { "action": "accept" } }""", "inputResponses.decision is missing")]
    public async Task Answer_Malformed_UsesNothingUp(string answers, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        var (approver, id, leg) = await AskedAsync(server);

        (await approver.RefusedLegAsync("review", new { id }, leg.State(), JsonNode.Parse(answers))).ShouldContain(expected);

        (await approver.LegAsync("review", new { id }, leg.State(), Yes)).Text().ShouldStartWith("Recorded: you said yes");
    }

    [Fact]
    public async Task State_TellsAClientNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, id, leg) = await AskedAsync(server);

        leg.State().ShouldNotContain(id);
        leg.State().ShouldNotContain("acme");
    }

    private static async Task<(RawApprover Approver, string Id, JsonObject Leg)> AskedAsync(RunningServer server)
    {
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = new RawApprover(server.Http(await server.Host.ApproverAsync()));
        var leg = await approver.LegAsync("review", new { id });
        ((string)leg["resultType"]!).ShouldBe("input_required");
        return (approver, id, leg);
    }

    private static async Task StillPendingAsync(RunningServer server, string id) =>
        (await (await server.ClientAsync(await server.Host.AgentAsync())).CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
}

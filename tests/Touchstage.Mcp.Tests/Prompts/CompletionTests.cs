using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tests.Prompts;

public sealed class CompletionTests
{
    private static readonly PromptReference Approve = new() { Name = "approve" };

    [Fact]
    public async Task Ids_AreThoseThatThisApproverMayDecide_NewestFirst_AndCanBeUsedAsTheyAre()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var older = await RunningServer.HoldAsync(agent, 70);
        server.Host.Time.Advance(TimeSpan.FromMinutes(1));
        var newer = await RunningServer.HoldAsync(agent, 80);
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());

        var values = await CompleteAsync(approver, Approve, "id", "");
        values.ShouldBe([$"{newer} — Refund 80 of payment pay_1", $"{older} — Refund 70 of payment pay_1"]);
        (await approver.PromptAsync("review", ("id", values[1]))).ShouldStartWith($"Approval {older}, revision 1: pending");
        (await CompleteAsync(approver, Approve, "id", "refund 7")).ShouldBe([values[1]]);
        (await CompleteAsync(await server.ClientAsync(await server.Host.ApproverAsync("acme", "clerk@example.com", "warehouse")), Approve, "id", "")).ShouldBeEmpty();
        (await CompleteAsync(await server.ClientAsync(await server.Host.ApproverAsync("globex")), Approve, "id", "")).ShouldBeEmpty();
        (await CompleteAsync(agent, Approve, "id", "")).ShouldBeEmpty();
        (await CompleteAsync(approver, new ResourceTemplateReference { Uri = "touchstage://approvals/{id}" }, "id", "apr_")).ShouldBe([newer, older]);
    }

    [Fact]
    public async Task Ids_AreOfThe200ThatExpireNext()
    {
        const int Offered = 200;
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("max_pending: 300"));
        var key = await server.Host.AgentAsync();
        var held = new List<string>();
        for (var amount = 1; amount <= Offered + 1; amount++)
        {
            held.Add((await server.Host.CallAsync(key, "transfer", $$"""{"account":"acc_1","amount":{{amount}}}""")).Approval!.Id);
            server.Host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var completion = (await (await server.ClientAsync(await server.Host.ApproverAsync())).CompleteAsync(Approve, "id", "")).Completion;

        completion.Total.ShouldBe(Offered);
        completion.Values[0].ShouldStartWith(held[Offered - 1]);
        completion.Values.ShouldNotContain(value => value.StartsWith(held[Offered], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Codes_AreNeverCompleted_TagsAre()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        await approver.PromptAsync("review", ("id", id));

        (await CompleteAsync(approver, Approve, "code", "")).ShouldBeEmpty();
        (await CompleteAsync(approver, new PromptReference { Name = "reject" }, "tag", "")).ShouldBe(["policy_too_strict", "wrong_action", "needs_more_information"]);
    }

    [Fact]
    public async Task Changes_AreWhatStandsOfWhatMayBeChanged()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        var asked = new CompleteRequestParams
        {
            Ref = new PromptReference { Name = "modify" },
            Argument = new() { Name = "changes", Value = "" },
            Context = new() { Arguments = new Dictionary<string, string> { ["id"] = id } },
        };

        (await approver.CompleteAsync(asked)).Completion.Values.ShouldBe(["""{"amount":80,"reason":null}"""]);
    }

    private static async Task<IList<string>> CompleteAsync(McpClient client, Reference reference, string argument, string typed) =>
        (await client.CompleteAsync(reference, argument, typed)).Completion.Values;
}

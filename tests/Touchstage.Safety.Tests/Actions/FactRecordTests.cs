using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>What a decision hung on stands in the very entry that records it, sealed.</summary>
public sealed class FactRecordTests
{
    private const string Manifest = """
        capability: pay
        title: Pay
        description: Pay something.
        connection: billing
        effects: additive
        input:
          type: object
          required: [id]
          properties: { id: { type: string, pattern: "^[a-z]+$" } }
        request: { method: POST, path: "/pay/{id}" }
        facts:
          owner: { path: "/owner/{id}", output: { type: object, required: [risk], properties: { risk: { type: integer } } } }
        policy:
          - allow: facts.owner.risk < 5
          - forbid: facts.owner.risk > 9
        approval: { approvers: [support] }
        """;

    private int risk = 1;

    [Theory]
    [InlineData(1, ActionStatus.Completed, LedgerKind.StepRecorded)]
    [InlineData(7, ActionStatus.PendingApproval, LedgerKind.ApprovalCreated)]
    [InlineData(10, ActionStatus.Refused, LedgerKind.ActionForbidden)]
    [InlineData(-1, ActionStatus.Refused, LedgerKind.ActionForbidden)]
    public async Task RunAsync_Permitted_Held_Refused_TheFactsAreInItsEntry(int value, ActionStatus status, string kind)
    {
        risk = value;
        await using var upstream = FakeUpstream.Start(AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal) { ["pay.yaml"] = Manifest });

        var outcome = await host.CallAsync(await host.AgentAsync(), "pay", new { id = "a" });

        outcome.Status.ShouldBe(status);
        var fact = await FactAsync(host, outcome.StepId ?? outcome.Approval?.Id ?? "pay", kind);
        fact.StepId.ShouldNotBeNull();
        (fact.Value?.Text).ShouldBe(value < 0 ? null : $$"""{"risk":{{value}}}""");
        (fact.Failure is null).ShouldBe(value >= 0);
    }

    [Fact]
    public async Task RunApprovedAsync_RefusedAfterAll_TheFactsAreInItsEntry()
    {
        risk = 7;
        await using var upstream = FakeUpstream.Start(AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal) { ["pay.yaml"] = Manifest });
        var held = await host.CallAsync(await host.AgentAsync(), "pay", new { id = "a" });
        (await host.DecideAsync(await host.ApproverAsync(), held.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        risk = 12;

        await host.DoDueWorkAsync();

        (await FactAsync(host, held.Approval.Id, LedgerKind.ApprovalClosed)).Value!.Text.ShouldBe("""{"risk":12}""");
    }

    private static async Task<FactAnswer> FactAsync(TouchstageHost host, string about, string kind)
    {
        var (store, tenant) = (host.Services.GetRequiredService<ILedgerStore>(), TouchstageHost.TenantOf("acme"));
        var entry = (await store.ReadAboutAsync(tenant, about, default)).Single(found => found.Kind == kind);
        var payload = (await store.OpenPayloadAsync(tenant, entry.Number, default)).ShouldNotBeNull();
        return RecordedJudgement.Read(payload.Root).ShouldNotBeNull().Facts["owner"];
    }

    private Task AnswerAsync(FakeExchange exchange) => exchange.ReplyAsync(
        exchange.Method == "GET" && risk < 0 ? 500 : 200, "application/json", exchange.Method == "GET" ? JsonSerializer.Serialize(new { risk }) : "{}");
}

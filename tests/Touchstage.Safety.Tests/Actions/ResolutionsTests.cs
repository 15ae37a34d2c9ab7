using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>What nobody can look up, a person finds out: once, with a reason, and never whoever asked for it.</summary>
public sealed class ResolutionsTests
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true, ActionStatus.Completed, ApprovalState.Succeeded)]
    [InlineData(false, ActionStatus.Failed, ApprovalState.Failed)]
    public async Task ResolveAsync_AnUnknownApproval_SettlesItForGoodAndTellsTheAgent(bool succeeded, ActionStatus status, ApprovalState state)
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync(subject: "maria@acme.example"));
        var id = await UnknownApprovalAsync(host, agent);

        var receipt = Take(await ResolveAsync(host, approver, id, succeeded, "Looked\u0007 in the dashboard"));

        (receipt.ApprovalId, receipt.Status, receipt.Summary).ShouldBe((id, status, "Refund 120 of payment pay_1"));
        var approval = await host.ApprovalAsync(agent, id);
        approval.State.ShouldBe(state);
        approval.Outcome!.Value.GetProperty("code").GetString().ShouldBe("settled_by_person");
        approval.Outcome!.Value.GetProperty("reason").GetString().ShouldEndWith("They say: Looked in the dashboard");
        var body = await SettledAsync(host, receipt.StepId);
        body.GetProperty("settled_by").GetString().ShouldBe("person");
        body.GetProperty("resolver").GetString().ShouldBe("acme/touchstage/maria%40acme.example");
        body.GetProperty("reason").GetString().ShouldBe("Looked in the dashboard");
        body.GetProperty("channel").GetString().ShouldBe("cli");
        body.GetProperty("session").GetString().ShouldBe((await host.CallerAsync(approver)).SessionId);
        body.GetProperty("roles").GetRawText().ShouldBe("""["admin","support"]""");
        var again = (await ResolveAsync(host, approver, receipt.StepId, !succeeded)).Refusal.ShouldNotBeNull();
        again.Code.Value.ShouldBe("already_settled");
        again.Reason.ShouldContain(succeeded ? "it happened (settled_by_person)" : "it did not happen (settled_by_person)");
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.DoDueWorkAsync();
        upstream.LookUps.ShouldBeEmpty();
        upstream.Refunds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ResolveAsync_AStepWithoutApproval_IsForTheApproversOfItsCapability()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await UnknownStepAsync(host, await host.AgentAsync());

        (await CodeAsync(host, await host.ApproverAsync("acme", "eve@acme.example", "admin"), step)).ShouldBe("unknown_step");
        (await CodeAsync(host, await host.ApproverAsync("globex", "pat@globex.example", "support"), step)).ShouldBe("unknown_step");
        (await CodeAsync(host, await host.AgentAsync("acme", "other@acme.example"), step)).ShouldBe("wrong_session_kind");
        (await CodeAsync(host, await host.ApproverAsync("acme", "sam@acme.example", "support"), step)).ShouldBeNull();
    }

    [Fact]
    public async Task ResolveAsync_WhoeverAskedForIt_IsRefused()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync("acme", "agent@example.com");
        var (step, approval) = (await UnknownStepAsync(host, agent), await UnknownApprovalAsync(host, agent));
        var same = await host.ApproverAsync("acme", "Agent@Example.com", "support");
        var linked = await SessionAsync(host, new("boss@example.com", null, SessionKind.Approver, ["support"], "test", TimeSpan.FromDays(1), Person: "agent@example.com"));

        foreach (var own in (string[])[same, linked])
        {
            (await CodeAsync(host, own, step)).ShouldBe("own_request");
            (await CodeAsync(host, own, approval)).ShouldBe("own_request");
            (await ListAsync(host, own)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task ResolveAsync_ACapabilityWithoutApprovers_IsRefusedAndTellsTheOperatorWhatToDo()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pay.yaml"] = """
                capability: pay
                title: Pay
                description: Pay.
                connection: billing
                effects: destructive
                input: { type: object, properties: {} }
                request: { method: POST, path: /v1/pay }
                policy:
                  - allow: "true"
                    because: A test may.
                """,
        });
        var outcome = await host.CallAsync(await host.AgentAsync(), "pay", "{}");

        var refusal = (await ResolveAsync(host, await host.ApproverAsync(), outcome.StepId!, true)).Refusal.ShouldNotBeNull();

        refusal.Code.Value.ShouldBe("no_resolvers");
        refusal.Reason.ShouldContain("`approval.approvers`");
    }

    [Fact]
    public async Task ResolveAsync_WhatIsNotUnknown_IsRefused()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var pending = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 200 });
        (await CodeAsync(host, approver, pending.Approval!.Id)).ShouldBe("outcome_not_unknown");
        (await CodeAsync(host, approver, "stp_nothing")).ShouldBe("unknown_step");
        (await CodeAsync(host, approver, "apr_nothing")).ShouldBe("unknown_approval");

        var sent = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        upstream.OnRefund = async exchange =>
        {
            sent.SetResult();
            await answer.Task;
            await exchange.ReplyAsync(200, "application/json", """{"refund_id":"ref_1","status":"succeeded"}""");
        };
        var running = host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        await sent.Task;
        var inFlight = (await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 })).StepId!;
        (await CodeAsync(host, approver, inFlight)).ShouldBe("outcome_not_unknown");
        answer.SetResult();
        (await running).Status.ShouldBe(ActionStatus.Completed);
        (await CodeAsync(host, approver, inFlight)).ShouldBe("already_settled");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u0007 ")]
    public async Task ResolveAsync_WithoutAReason_IsRefused(string reason)
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await UnknownStepAsync(host, await host.AgentAsync());

        (await ResolveAsync(host, await host.ApproverAsync(), step, true, reason)).Refusal.ShouldNotBeNull().Code.Value.ShouldBe("reason_missing");
    }

    [Fact]
    public async Task ResolveAsync_WhileTheServerLooks_ThePersonWinsAndTheEvidenceChangesNothing()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await UnknownStepAsync(host, await host.AgentAsync());
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        upstream.OnLookUp = async exchange =>
        {
            asked.SetResult();
            await answer.Task;
            await exchange.ReplyAsync(200, "application/json", $$"""{"refunds":[{"idempotency_key":"{{step}}"}]}""");
        };
        host.Time.Advance(FirstLook);
        var looking = host.DoDueWorkAsync();
        await asked.Task;

        (await CodeAsync(host, await host.ApproverAsync(), step, succeeded: false)).ShouldBeNull();
        answer.SetResult();
        await looking;

        (await SettledAsync(host, step)).GetProperty("settled_by").GetString().ShouldBe("person");
    }

    [Fact]
    public async Task ResolveAsync_AfterTheServerFoundIt_IsToldWhatTheEvidenceWas()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await UnknownStepAsync(host, await host.AgentAsync());
        host.Time.Advance(FirstLook);
        await host.DoDueWorkAsync();

        var refusal = (await ResolveAsync(host, await host.ApproverAsync(), step, succeeded: false)).Refusal.ShouldNotBeNull();

        refusal.Code.Value.ShouldBe("already_settled");
        refusal.Reason.ShouldContain("it happened (settled_by_evidence)");
    }

    [Fact]
    public async Task ResolveAsync_ALookUp_IsNothingToResolve()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await UnknownStepAsync(host, await host.AgentAsync());
        host.Time.Advance(FirstLook);
        await host.DoDueWorkAsync();
        var looks = new List<string>();
        await foreach (var entry in host.Services.GetRequiredService<ILedgerStore>().ReadAsync(TouchstageHost.TenantOf("acme"), 1, default))
        {
            if (entry.Kind == LedgerKind.StepRecorded && JsonElement.Parse(entry.Bytes.AsSpan()).GetProperty("body").TryGetProperty("verifies", out _))
            {
                looks.Add(entry.Subject);
            }
        }

        (await CodeAsync(host, await host.ApproverAsync(), looks.ShouldHaveSingleItem())).ShouldBe("unknown_step");
    }

    [Fact]
    public async Task ListAsync_ShowsWhatAPersonNeedsToFindOut_AndOnlyWhatNobodyKnows()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        await host.CallAsync(agent, "refund_user", new { payment_id = "pay_2", amount = 200 });
        var step = (await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20, card_note = "canary-note" })).StepId!;

        var view = (await ListAsync(host, approver)).ShouldHaveSingleItem();

        (view.StepId, view.ApprovalId, view.Capability, view.Summary, view.Connection, view.Code).ShouldBe((step, null, "refund_user", "Refund 20 of payment pay_1", "billing", "upstream_unclear"));
        (view.Looks, view.NextLookAt).ShouldBe((0, host.Time.GetUtcNow() + FirstLook));
        view.Request.GetProperty("headers").GetProperty("idempotency-key").GetString().ShouldBe(step);
        (view.Arguments.GetRawText() + view.Request.GetRawText()).ShouldNotContain("canary-note");
        Take(await host.Services.GetRequiredService<IResolutions>().FindAsync(await host.CallerAsync(approver), step, default)).StepId.ShouldBe(step);
        (await ListAsync(host, await host.ApproverAsync("globex"))).ShouldBeEmpty();
        (await ListAsync(host, agent)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ResolveAsync_AStepThatNobodySettledBeforeItsDeadline_NeedsNoSweepFirst()
    {
        var sent = new TaskCompletionSource();
        await using var upstream = new LossyUpstream();
        upstream.OnRefund = exchange =>
        {
            sent.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(exchange.Stopped);
        };
        await using var first = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await first.AgentAsync();
        _ = first.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        await sent.Task;

        await using var second = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: first.Folder);
        second.Time.Advance(TimeSpan.FromMinutes(1));
        var view = (await ListAsync(second, await second.ApproverAsync())).ShouldHaveSingleItem();

        view.Code.ShouldBe("unsettled");
        (await CodeAsync(second, await second.ApproverAsync(), view.StepId)).ShouldBeNull();
    }

    private static async Task<string> UnknownStepAsync(TouchstageHost host, string agent)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        outcome.Status.ShouldBe(ActionStatus.Unknown, outcome.Reason);
        return outcome.StepId!;
    }

    private static async Task<string> UnknownApprovalAsync(TouchstageHost host, string agent)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });
        (await host.DecideAsync(await host.ApproverAsync(), outcome.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        (await host.ApprovalAsync(agent, outcome.Approval.Id)).State.ShouldBe(ApprovalState.Unknown);
        return outcome.Approval.Id;
    }

    private static async Task<Result<ResolutionReceipt>> ResolveAsync(TouchstageHost host, string approver, string id, bool succeeded, string reason = "seen in the dashboard") =>
        await host.Services.GetRequiredService<IResolutions>().ResolveAsync(await host.CallerAsync(approver), new(id, succeeded, reason, DecisionChannel.Cli), default);

    private static async Task<string?> CodeAsync(TouchstageHost host, string approver, string id, bool succeeded = true) => (await ResolveAsync(host, approver, id, succeeded)).Refusal?.Code.Value;

    private static async Task<IReadOnlyList<UnknownStepView>> ListAsync(TouchstageHost host, string approver) =>
        await host.Services.GetRequiredService<IResolutions>().ListAsync(await host.CallerAsync(approver), default);

    private static async Task<string> SessionAsync(TouchstageHost host, SessionRequest request) =>
        Take(await host.Services.GetRequiredService<ISessionAdministration>().CreateAsync(TouchstageHost.TenantOf("acme"), request, default)).Key.Reveal();

    private static async Task<JsonElement> SettledAsync(TouchstageHost host, string stepId)
    {
        var entries = await host.Services.GetRequiredService<ILedgerStore>().ReadAboutAsync(TouchstageHost.TenantOf("acme"), stepId, default);
        return JsonElement.Parse(entries.Last(entry => entry.Kind == LedgerKind.StepSettled).Bytes.AsSpan()).GetProperty("body");
    }

    private static T Take<T>(Result<T> result)
        where T : class => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.ToString());
}

using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using Touchstage.TestKit;
using static Touchstage.Safety.Tests.Actions.VerifyScene;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>A step of unknown outcome is settled by what the API says of it afterwards, or not at all.</summary>
public sealed class VerifyTests
{
    public enum Loss
    {
        ServerError,
        Cut,
        Reset,
    }

    [Theory]
    [InlineData(Loss.ServerError)]
    [InlineData(Loss.Cut)]
    [InlineData(Loss.Reset)]
    public async Task What_happened_is_found_and_the_approval_has_succeeded_without_being_sent_twice(Loss loss)
    {
        await using var upstream = new LossyUpstream();
        upstream.OnRefund = exchange => LoseAsync(exchange, loss);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var id = await ApprovedAsync(host, agent);
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Unknown);

        await LookAsync(host);

        var approval = await host.ApprovalAsync(agent, id);
        approval.State.ShouldBe(ApprovalState.Succeeded);
        var outcome = approval.Outcome!.Value;
        outcome.GetProperty("status").GetString().ShouldBe("completed");
        outcome.GetProperty("code").GetString().ShouldBe("settled_by_evidence");
        outcome.TryGetProperty("result", out _).ShouldBeFalse();
        upstream.LookUps.ShouldHaveSingleItem().Target.ShouldBe($"/v1/refunds?idempotency_key={approval.StepId}");
        await host.DoDueWorkAsync();
        upstream.Refunds.Count.ShouldBe(1);
        upstream.LookUps.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_look_is_a_step_of_its_own_with_a_token_of_its_own_and_the_ledger_says_what_settled_the_other()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        await LookAsync(host);

        var claims = Claims(upstream.LookUps.ShouldHaveSingleItem().Header("Txn-Token")!);
        claims.GetProperty("scope").GetString().ShouldBe("verify:refund_user");
        var lookUp = claims.GetProperty("txn").GetString()!;
        lookUp.ShouldNotBe(unknown);
        upstream.LookUps[0].Header("Authorization").ShouldBe("Bearer secret-of-acme");
        Body(await EntryAsync(host, lookUp, LedgerKind.StepRecorded)).GetProperty("verifies").GetString().ShouldBe(unknown);
        Body(await EntryAsync(host, lookUp, LedgerKind.StepSettled)).GetProperty("status").GetString().ShouldBe("completed");
        var settled = Body(await EntryAsync(host, unknown, LedgerKind.StepSettled));
        settled.GetProperty("settled_by").GetString().ShouldBe("verify");
        settled.GetProperty("look_up").GetString().ShouldBe(lookUp);
        settled.GetProperty("evidence").GetRawText().ShouldBe("""{"failed":"false","succeeded":"true"}""");
        (await ReplayAsync(host, unknown)).ShouldContain($"completed (settled_by_evidence), by look-up {lookUp}");
        (await ReplayAsync(host, lookUp)).ShouldContain($"declared look-up verify:refund_user of step {unknown}");
    }

    [Fact]
    public async Task What_did_not_happen_has_failed_may_be_asked_for_again_and_gives_no_limit_back()
    {
        await using var upstream = new LossyUpstream { Does = false };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        for (var refund = 1; refund <= 4; refund++)
        {
            await UnknownAsync(host, agent, refund);
        }

        var unknown = await UnknownAsync(host, agent, 10);
        await LookAsync(host);

        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Failed);
        upstream.OnRefund = LossyUpstream.Saying(200, """{"refund_id":"ref_2","status":"succeeded"}""");
        // Five an hour, and all five were used: by refunds that may well have reached the upstream.
        var again = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 10 });
        again.Status.ShouldBe(ActionStatus.PendingApproval, again.Reason);
        (await host.DecideAsync(await host.ApproverAsync(), again.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        (await host.ApprovalAsync(agent, again.Approval.Id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(404, "{}")]
    [InlineData(204, "")]
    [InlineData(200, "")]
    [InlineData(200, "<html>None found</html>", "text/html")]
    [InlineData(200, """{"refunds":[]}""", "text/plain")]
    [InlineData(200, """{"refunds":"none"}""")]
    [InlineData(200, """{"refunds":null}""")]
    [InlineData(200, """{}""")]
    [InlineData(200, """[]""")]
    [InlineData(200, """{"refunds":[{}]}""")]
    [InlineData(200, """{"refunds":[{"idempotency_key":null}]}""")]
    [InlineData(200, """{"refunds":[{"idempotency_key":"stp_another"}]}""")]
    [InlineData(200, """{"refunds":[{"idempotency_key":"stp_another"},{"idempotency_key":"stp_third"}]}""")]
    public async Task What_shows_nothing_leaves_it_unknown_and_after_five_looks_only_people_can_tell(int status, string body, string type = "application/json")
    {
        await using var upstream = new LossyUpstream { OnLookUp = LossyUpstream.Saying(status, body, type) };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        var looks = 0;
        foreach (var wait in (TimeSpan[])[FirstLook, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)])
        {
            host.Time.Advance(wait - TimeSpan.FromSeconds(1));
            await host.DoDueWorkAsync();
            upstream.LookUps.Count.ShouldBe(looks);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await host.DoDueWorkAsync();
            upstream.LookUps.Count.ShouldBe(++looks);
        }

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.DoDueWorkAsync();
        upstream.LookUps.Count.ShouldBe(looks);
        var step = await StepAsync(host, unknown);
        (step.Status, step.VerifyAt, step.Looks).ShouldBe((StepStatus.Unknown, null, 5));
        (await ResolveAsync(host, await host.ApproverAsync(), unknown)).Refusal.ShouldBeNull();
        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Completed);
        upstream.Refunds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_oversized_answer_shows_nothing()
    {
        await using var upstream = new LossyUpstream();
        upstream.OnLookUp = exchange => LossyUpstream.Saying(200, $$"""{"refunds":[],"more":"{{new string('x', 70_000)}}"}""")(exchange);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        await StaysUnknownAsync(host, upstream, looks: 1);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_shows_nothing()
    {
        var asked = new TaskCompletionSource();
        await using var upstream = new LossyUpstream();
        upstream.OnLookUp = exchange =>
        {
            asked.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(exchange.Stopped);
        };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var unknown = await UnknownAsync(host, await host.AgentAsync());

        host.Time.Advance(FirstLook);
        var looking = host.DoDueWorkAsync();
        await asked.Task;
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await looking;
        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Unknown);
    }

    [Fact]
    public async Task An_answer_that_was_masked_shows_nothing()
    {
        // The answer repeats the credential, which is masked: what is left of it is not what the API said.
        await using var upstream = new LossyUpstream();
        upstream.OnLookUp = exchange => LossyUpstream.Saying(200, """{"refunds":[{"idempotency_key":"secret-of-acme"}]}""")(exchange);
        await using var host = await TouchstageHost.StartAsync(
            upstream.BaseUrl, Manifest(("succeeded: size(answer.refunds) == 1 && answer.refunds[0].idempotency_key == step", "succeeded: answer.refunds[0].idempotency_key == \"***\"")));

        await StaysUnknownAsync(host, upstream, looks: 1);
    }

    private static async Task StaysUnknownAsync(TouchstageHost host, LossyUpstream upstream, int looks)
    {
        var unknown = await UnknownAsync(host, await host.AgentAsync());
        await LookAsync(host);
        upstream.LookUps.Count.ShouldBe(looks);
        (await StepAsync(host, unknown)).Status.ShouldBe(StepStatus.Unknown);
    }

    /// <summary>A refund that a person approved, sent once, whose outcome is unknown.</summary>
    private static async Task<string> ApprovedAsync(TouchstageHost host, string agent)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });
        (await host.DecideAsync(await host.ApproverAsync(), outcome.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        return outcome.Approval.Id;
    }

    private static async Task LoseAsync(FakeExchange exchange, Loss loss)
    {
        switch (loss)
        {
            case Loss.ServerError:
                await exchange.ReplyAsync(502, "text/html", "<h1>Bad gateway</h1>");
                break;
            case Loss.Cut:
                await exchange.WriteAsync("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"refund");
                exchange.Close();
                break;
            default:
                exchange.Reset();
                break;
        }
    }

    private static async Task<Refusals.Result<ResolutionReceipt>> ResolveAsync(TouchstageHost host, string approver, string id) =>
        await host.Services.GetRequiredService<IResolutions>().ResolveAsync(await host.CallerAsync(approver), new(id, true, "seen in the dashboard", DecisionChannel.Cli), default);

    private static async Task<LedgerEntry> EntryAsync(TouchstageHost host, string subject, string kind) =>
        (await host.Services.GetRequiredService<ILedgerStore>().ReadAboutAsync(TouchstageHost.TenantOf("acme"), subject, default)).Last(entry => entry.Kind == kind);

    private static JsonElement Body(LedgerEntry entry) => JsonElement.Parse(entry.Bytes.AsSpan()).GetProperty("body");

    private static async Task<string> ReplayAsync(TouchstageHost host, string stepId) =>
        (await host.Services.GetRequiredService<IReplays>().ReplayAsync(TouchstageHost.TenantOf("acme"), stepId, default)).TryGet(out var replay, out var refusal)
            ? string.Join('\n', replay.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Name}: {stage.Text}")))
            : throw new InvalidOperationException(refusal.ToString());

    private static JsonElement Claims(string token) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}

using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A24_ASecretShowsUpSomewhere
{
    private const string Secret = "canary-connection-secret-4f7c1e";
    private const string Note = "canary-card-note-9b21d0";

    [Fact]
    public async Task NoCanary_LeavesTheProcess_ButToTheUpstream()
    {
        using var heard = new Heard();
        await using var upstream = FakeUpstream.Start(exchange => exchange.Method is "GET"
            ? Scene.AnswerAsync(exchange)
            : exchange.ReplyAsync(exchange.Target.Contains("pay_4", StringComparison.Ordinal) ? 422 : 200, "application/json", JsonSerializer.Serialize(new { refund_id = exchange.Header("Txn-Token"), status = exchange.Header("Authorization") }), $"X-Echo: {exchange.Header("Authorization")}"));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: services => services.AddSingleton<ILoggerProvider>(heard).Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace));
        (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), "billing", Secret, default)).Refusal.ShouldBeNull();
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());

        var code = await PlayAsync(host, heard, agent, approver);
        await heard.TakeStoreAsync(host);

        var tokens = upstream.Exchanges.Select(exchange => exchange.Header("Txn-Token")!).ToArray();
        upstream.Exchanges.Where(e => e.Method is "POST").ShouldAllBe(e => e.Header("Authorization") == $"Bearer {Secret}" && Encoding.UTF8.GetString(e.Body).Contains(Note));
        tokens.Length.ShouldBeGreaterThan(3);
        heard.Places.ShouldBe(["activity", "exception", "ledger", "log", "meter", "outcome", "store", "view"], ignoreOrder: true);
        foreach (var canary in tokens.SelectMany(token => new[] { token, token.Split('.')[2] }).Append(Secret).Append(Note).Append(agent).Append(approver).Append(code).Append(code.Replace("-", "", StringComparison.Ordinal)))
        {
            heard.Find(canary).ShouldBeEmpty();
        }

        // The ears work: what may be seen is seen.
        heard.Find("pay_1").ShouldNotBeEmpty();
    }

    private static async Task<string> PlayAsync(TouchstageHost host, Heard heard, string agent, string approver)
    {
        var desk = host.Services.GetRequiredService<IApprovals>();
        var done = await RefundAsync(host, heard, agent, "pay_1", 20);
        (done.Status, done.Result!.Value.GetRawText()).ShouldBe((ActionStatus.Completed, """{"refund_id":"***","status":"***"}"""));
        (await RefundAsync(host, heard, agent, "pay_1", 5000)).Code.ShouldBe("forbidden_by_policy");
        (await RefundAsync(host, heard, agent, "pay_4", 21)).Status.ShouldBe(ActionStatus.Failed);
        (await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = "x", card_note = Note })).Code.ShouldBe("invalid_arguments");
        var held = await RefundAsync(host, heard, agent, "pay_2", 120);
        var rejected = await RefundAsync(host, heard, agent, "pay_3", 130);

        (await desk.ReviewAsync(await host.CallerAsync(approver), held.Approval!.Id, default)).TryGet(out var review, out _).ShouldBeTrue();
        heard.Say("view", JsonSerializer.Serialize(review!.Approval));
        (await desk.DecideAsync(await host.CallerAsync(approver), new(held.Approval.Id, VoteDecision.Approve, "", DecisionChannel.Prompt, null, review.DecisionCode), default)).Refusal.ShouldBeNull();
        await host.DecideAsync(approver, rejected.Approval!.Id, VoteDecision.Reject);
        await host.DoDueWorkAsync();
        heard.Say("view", JsonSerializer.Serialize(await host.ApprovalAsync(agent, held.Approval.Id)));
        heard.Say("view", JsonSerializer.Serialize(await host.ApprovalAsync(approver, held.Approval.Id)));

        await host.TamperAsync("UPDATE secrets SET Box = zeroblob(64) WHERE Tenant = 'acme' AND Connection = 'billing'");
        (await RefundAsync(host, heard, agent, "pay_5", 22)).Status.ShouldBe(ActionStatus.PendingApproval);
        return review.DecisionCode!;
    }

    private static async Task<ActionOutcome> RefundAsync(TouchstageHost host, Heard heard, string agent, string payment, double amount)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = payment, amount, card_note = Note });
        heard.Say("outcome", JsonSerializer.Serialize(outcome));
        return outcome;
    }
}

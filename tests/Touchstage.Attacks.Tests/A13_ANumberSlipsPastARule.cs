using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A13_ANumberSlipsPastARule
{
    [Theory]
    [InlineData("\"amount\":20", "Completed", null)]
    [InlineData("\"amount\":2e1", "Completed", null)]
    [InlineData("\"amount\":49.99", "Completed", null)]
    [InlineData("\"amount\":5e1", "PendingApproval", null)]
    [InlineData("\"amount\":1E3", "PendingApproval", null)]
    [InlineData("\"amount\":1000.01", "Refused", "forbidden_by_policy")]
    [InlineData("\"amount\":1e15", "Refused", "forbidden_by_policy")]
    [InlineData("\"reason\":\"none\"", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":null", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":\"20\"", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":[20]", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":true", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":0", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":-0.0", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":-5000", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":20.001", "Refused", "invalid_arguments")]
    [InlineData("\"Amount\":20", "Refused", "invalid_arguments")]
    [InlineData("\"amount\":NaN", "Refused", "arguments_not_json")]
    [InlineData("\"amount\":Infinity", "Refused", "arguments_not_json")]
    [InlineData("\"amount\":0x14", "Refused", "arguments_not_json")]
    [InlineData("\"amount\":+20", "Refused", "arguments_not_json")]
    [InlineData("\"amount\":020", "Refused", "arguments_not_json")]
    [InlineData("\"amount\":1e400", "Refused", "arguments_not_canonical")]
    [InlineData("\"amount\":49.999999999999999999", "Refused", "arguments_not_canonical")]
    [InlineData("\"amount\":9007199254740993", "Refused", "arguments_not_canonical")]
    [InlineData("\"amount\":20,\"amount\":5000", "Refused", "arguments_not_canonical")]
    [InlineData("\"amount\":20,\"\\u0061mount\":5000", "Refused", "arguments_not_canonical")]
    public async Task AnAmount_IsWhatTheRuleSaw_OrIsRefused(string amount, string status, string? code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", $$"""{"payment_id":"pay_1",{{amount}}}""");

        (outcome.Status.ToString(), outcome.Code).ShouldBe((status, code), outcome.Reason);
        upstream.Writes().ShouldBe(outcome.Status is ActionStatus.Completed ? 1 : 0);
    }

    [Theory]
    [InlineData("-50")]
    [InlineData("-1e-7")]
    [InlineData("-5e-324")]
    [InlineData("-1.7976931348623157e308")]
    public async Task AnAmountBelowNothing_MakesNoRoomInASum(string amount)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Order("[{ sum: args.amount, max: 100, per: 1d, by: [tenant] }]"));
        await host.ApplyAsync("globex", upstream.BaseUrl, "limits: [{ sum: args.amount, max: 100, per: 1d, then: refuse }]");
        foreach (var tenant in (string[])["acme", "globex"])
        {
            var agent = await host.AgentAsync(tenant);
            (await host.CallAsync(agent, "order", new { shop = "a1", amount = 60 })).Status.ShouldBe(ActionStatus.Completed);

            (await host.CallAsync(agent, "order", $$"""{"shop":"b2","amount":{{amount}}}""")).Status.ShouldBe(ActionStatus.PendingApproval);

            (await host.CallAsync(agent, "order", new { shop = "c3", amount = 41 })).Status.ShouldBe(tenant is "acme" ? ActionStatus.PendingApproval : ActionStatus.Refused);
            (await host.CallAsync(agent, "order", new { shop = "c3", amount = 40 })).Status.ShouldBe(ActionStatus.Completed);
        }

        upstream.Writes().ShouldBe(4);
    }
}

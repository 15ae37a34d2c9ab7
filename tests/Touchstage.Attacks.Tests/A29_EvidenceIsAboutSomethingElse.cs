using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>What became of a lost request is told by an answer about another step, another tenant or nothing at all.</summary>
public sealed class A29_EvidenceIsAboutSomethingElse
{
    [Fact]
    public async Task AnApiThatListsEverything_IsNoEvidence()
    {
        // It ignores the query: there are refunds, but none is this step's alone.
        await using var upstream = new LossyUpstream { Does = false, OnLookUp = LossyUpstream.Saying(200, """{"refunds":[{"idempotency_key":"stp_a"},{"idempotency_key":"stp_b"}]}""") };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await LostAsync(host, await host.AgentAsync());

        await host.LookAsync();

        (await host.StatusAsync(step)).ShouldBe("Unknown");
    }

    [Fact]
    public async Task TheRefundOfAnotherTenantsStep_SettlesThatTenantsStepAlone()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var acme = await LostAsync(host, await host.AgentAsync());
        upstream.Does = false;
        var globex = await LostAsync(host, await host.AgentAsync("globex"));

        await host.LookAsync();

        (await host.StatusAsync(acme)).ShouldBe("Completed");
        (await host.StatusAsync(globex)).ShouldBe("Failed");
        upstream.LookUps.Select(look => (look.Header("Authorization"), look.Target)).ShouldBe(
            [("Bearer secret-of-acme", $"/v1/refunds?idempotency_key={acme}"), ("Bearer secret-of-globex", $"/v1/refunds?idempotency_key={globex}")], ignoreOrder: true);
    }

    [Fact]
    public async Task AnotherTenantsApprover_CannotSayWhatBecameOfIt()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var step = await LostAsync(host, await host.AgentAsync());
        var resolutions = host.Services.GetRequiredService<IResolutions>();
        var stranger = await host.CallerAsync(await host.ApproverAsync("globex"));

        var foreign = await resolutions.ResolveAsync(stranger, new(step, false, "I say so", DecisionChannel.Cli), default);
        var missing = await resolutions.ResolveAsync(stranger, new("stp_missing", false, "I say so", DecisionChannel.Cli), default);

        (foreign.Refusal!.Code.Value, foreign.Refusal.Reason).ShouldBe((missing.Refusal!.Code.Value, missing.Refusal.Reason));
        (await host.StatusAsync(step)).ShouldBe("Unknown");
    }

    [Fact]
    public async Task AnArgumentThatPosesAsTheStep_IsRefused()
    {
        await using var upstream = new LossyUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", """{"payment_id":"pay_1","amount":20,"_step":"stp_of_another_refund"}""");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Refused, "invalid_arguments"));
        upstream.Refunds.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnApiThatLiesAboutTheStepItself_IsBelieved_ButItIsNeverSentTwice()
    {
        // The upstream is the authority on itself: it could have said the same in its first answer.
        await using var upstream = new LossyUpstream { Does = false };
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var agent = await host.AgentAsync();
        var step = await LostAsync(host, agent);
        upstream.OnLookUp = LossyUpstream.Saying(200, $$"""{"refunds":[{"idempotency_key":"{{step}}"}]}""");

        await host.LookAsync();

        (await host.StatusAsync(step)).ShouldBe("Completed");
        var again = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        (again.Status, again.Code, again.StepId).ShouldBe((ActionStatus.Completed, "settled_by_evidence", step));
        upstream.Refunds.Count.ShouldBe(1);
    }

    private static async Task<string> LostAsync(TouchstageHost host, string agent)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 20 });
        outcome.Status.ShouldBe(ActionStatus.Unknown, outcome.Reason);
        return outcome.StepId!;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

public sealed class ReplaysTests
{
    [Fact]
    public async Task ReplayAsync_SettledStep_RetellsEveryStageInThePipelinesOrderAndWords()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", """{"payment_id":"pay_1","amount":20,"card_note":"canary"}""");

        var replay = await host.Services.GetRequiredService<IReplays>().ReplayAsync(TouchstageHost.TenantOf("acme"), outcome.StepId!, default);

        replay.TryGet(out var told, out _).ShouldBeTrue();
        told!.Stages.Select(s => s.Name).ShouldBe(PipelineStage.All);
        string.Concat(told.Stages.Select(s => s.Text)).ShouldNotContain("canary");
        told.Stages[^1].Text.ShouldStartWith("completed");
    }

    [Fact]
    public async Task ReplayAsync_AnotherTenantsStep_LooksAsIfThereWereNone()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 });

        var replay = await host.Services.GetRequiredService<IReplays>().ReplayAsync(TouchstageHost.TenantOf("globex"), outcome.StepId!, default);

        replay.Refusal!.Code.ShouldBe(ActionRefusals.UnknownStep);
    }
}

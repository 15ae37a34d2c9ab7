using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A05_ADoubleApprovalRunsTwice
{
    [Fact]
    public async Task ApprovingTwice_AndSweepingOften_SendsOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);

        (await host.DecideAsync(approver, id, VoteDecision.Approve)).TryGet(out var first, out _).ShouldBeTrue();
        (await host.DecideAsync(approver, id, VoteDecision.Approve)).TryGet(out var second, out _).ShouldBeTrue();
        (first!.WasRecorded, second!.WasRecorded).ShouldBe((true, false));
        await host.DoDueWorkAsync();
        await host.DecideAsync(approver, id, VoteDecision.Approve);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(1);
        (await host.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task AServerThatReadTheApprovalBeforeAnotherCarriedItOut_LosesTheClaim()
    {
        await using var upstream = SampleUpstream.Start();
        await using var winner = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (stores, isAtTheDoor, open) = (new HookedStores(), new TaskCompletionSource(), new TaskCompletionSource());
        stores.Journal.OnAdmit = async (intent, admit) =>
        {
            if (intent.Claim is not null)
            {
                isAtTheDoor.SetResult();
                await open.Task;
            }

            return await admit();
        };
        await using var late = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: winner.Folder, replace: stores.Replace);
        var agent = await winner.AgentAsync();
        var id = await winner.HeldRefundAsync(agent);
        await winner.DecideAsync(await winner.ApproverAsync(), id, VoteDecision.Approve);

        var running = late.Services.GetRequiredService<ActionPipeline>().RunApprovedAsync(TouchstageHost.TenantOf("acme"), id, default);
        await isAtTheDoor.Task;
        await winner.DoDueWorkAsync();
        upstream.Writes().ShouldBe(1);
        open.SetResult();
        await running;

        upstream.Writes().ShouldBe(1);
        (await winner.ApprovalAsync(agent, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    [Fact]
    public async Task AChangeConfirmedOftenOnTwoServers_SendsOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With(), one.Folder);
        var (agent, approver) = (await one.AgentAsync(), await one.ApproverAsync());
        var id = await one.HeldAsync(agent);
        var preview = (await one.PreviewAsync(approver, id, """{"amount":20}""")).Take();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            var host = n % 2 == 0 ? one : two;
            var confirmed = await host.ConfirmAsync(approver, id, """{"amount":20}""", preview.RevisionDigest);
            await host.DoDueWorkAsync();
            return confirmed;
        }));

        // Whoever is late is told so, or that it stands as confirmed; nobody is told that it was recorded twice.
        receipts.Count(receipt => receipt.TryGet(out var recorded, out _) && recorded.WasRecorded).ShouldBe(1);
        receipts.Select(receipt => receipt.Refusal?.Code.Value).OfType<string>().ShouldAllBe(code => code == "already_decided" || code == "newer_revision");
        (await one.ConfirmAsync(approver, id, """{"amount":20}""", preview.RevisionDigest)).Take().WasRecorded.ShouldBeFalse();
        upstream.Writes().ShouldBe(1);
        (await one.ApprovalAsync(agent, id)).Revision.ShouldBe(2);
    }

    [Fact]
    public async Task ABatchAndItsRepeat_SendEachOnce()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With());
        var (ids, approver) = (new List<string>(), await host.CallerAsync(await host.ApproverAsync()));
        for (var n = 0; n < 3; n++)
        {
            ids.Add(await host.HeldAsync(await host.AgentAsync(subject: $"agent{n}@example.com")));
        }

        var desk = host.Services.GetRequiredService<IApprovals>();
        var decisions = new List<Decision>();
        foreach (var id in ids.Concat(ids))
        {
            decisions.Add(new(id, VoteDecision.Approve, "", DecisionChannel.Inbox, (await desk.FindAsync(approver, id, default)).Take().RevisionDigest, null));
        }

        var receipts = await desk.DecideManyAsync(approver, [.. decisions], default);
        await host.DoDueWorkAsync();
        await desk.DecideManyAsync(approver, [.. decisions], default);
        await host.DoDueWorkAsync();

        receipts.Select(receipt => receipt.Receipt!.WasRecorded).ShouldBe([true, true, true, false, false, false]);
        upstream.Writes().ShouldBe(3);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A14_ALimitIsResetByAnotherGuise
{
    [Fact]
    public async Task NewSessionsSpellingsRolesAndClients_ShareOneLimit_AndAnotherPersonHasTheirOwn()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var guises = new[]
        {
            await host.AgentAsync(),
            await host.AgentAsync(subject: "AGENT@EXAMPLE.COM"),
            await host.AgentAsync(subject: "Agent@Example.com", roles: "admin"),
            await KeyAsync(host, "agent@example.com", "another client"),
            await host.AgentAsync(),
        };
        for (var i = 0; i < guises.Length; i++)
        {
            (await host.InviteAsync(guises[i], $"eve{i}@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        }

        foreach (var guise in guises.Append(await host.AgentAsync(subject: "aGENT@example.com")))
        {
            (await host.InviteAsync(guise, "sixth@acme.example")).Status.ShouldBe(ActionStatus.PendingApproval);
        }

        upstream.Writes().ShouldBe(5);
        (await host.InviteAsync(await host.AgentAsync(subject: "other@example.com"), "sixth@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        (await host.InviteAsync(await host.AgentAsync("globex"), "sixth@acme.example")).Status.ShouldBe(ActionStatus.Completed);
        host.Time.Advance(TimeSpan.FromMinutes(61));
        (await host.InviteAsync(guises[0], "seventh@acme.example")).Status.ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("agent@example.com\u200b")]
    [InlineData("\u0430gent@example.com")]
    [InlineData("agent@example\uff0ecom")]
    [InlineData(" agent@example.com")]
    [InlineData("agent\u0130@example.com")]
    public async Task ASubjectThatOnlyLooksAlike_GetsNoSession(string subject)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var created = await host.Services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, null, SessionKind.Agent, [], "test", TimeSpan.FromHours(1)), default);

        (created.Refusal?.Code.Value).ShouldBe("session_not_created");
    }

    [Fact]
    public async Task ABurstOnTwoServers_NeverLetsASixthThrough()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        var keys = new[] { await one.AgentAsync(), await one.AgentAsync(subject: "AGENT@example.com") };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? one : two).InviteAsync(keys[n / 2 % 2], $"eve{n}@acme.example")));

        outcomes.Count(outcome => outcome.Status is ActionStatus.Completed).ShouldBe(5);
        outcomes.Count(outcome => outcome.Status is ActionStatus.PendingApproval).ShouldBe(15);
        upstream.Writes().ShouldBe(5);
        (await one.HeldUsesAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task ABurstOnTwoServers_NeverHasTwoUnderWay_AndOneThatWasLostKeepsItsPlace()
    {
        var isLost = false;
        await using var holding = new HoldingUpstream();
        await using var broken = FakeUpstream.Start(exchange => isLost ? exchange.ReplyAsync(500, "application/json", "{}") : Scene.AnswerAsync(exchange));
        var manifests = Manifests.Order("[{ concurrent: 1, by: [args.shop] }]");
        await using var one = await TouchstageHost.StartAsync(holding.Upstream.BaseUrl, manifests, configure: options => options.AllowedNetworks.Add($"127.0.0.1/32:{broken.Port}"));
        await using var two = await TouchstageHost.StartAsync(holding.Upstream.BaseUrl, manifests, one.Folder, configure: options => options.AllowedNetworks.Add($"127.0.0.1/32:{broken.Port}"));
        var keys = new[] { await one.AgentAsync(), await one.AgentAsync(subject: "other@example.com") };

        var calls = Enumerable.Range(1, 20).Select(n => OrderAsync(n % 2 == 0 ? one : two, keys[n / 2 % 2], "a1", n)).ToList();
        await holding.ArrivedAsync();
        var later = await Task.WhenAll(Enumerable.Range(21, 4).Select(n => OrderAsync(n % 2 == 0 ? one : two, keys[0], "a1", n)));
        holding.Release();
        var outcomes = await Task.WhenAll(calls);

        outcomes.Count(outcome => outcome.Status is ActionStatus.Completed).ShouldBe(1);
        outcomes.Concat(later).Count(outcome => outcome.Status is ActionStatus.PendingApproval).ShouldBe(23);
        holding.Upstream.Writes().ShouldBe(1);

        // Nothing is under way any more, but what is lost afterwards might be for as long as nobody knows.
        await one.ApplyAsync("acme", broken.BaseUrl);
        isLost = true;
        (await OrderAsync(one, keys[0], "a1", 31)).Status.ShouldBe(ActionStatus.Unknown);
        isLost = false;
        one.Time.Advance(TimeSpan.FromDays(2));
        two.Time.Advance(TimeSpan.FromDays(2));
        (await OrderAsync(two, keys[1], "a1", 32)).Status.ShouldBe(ActionStatus.PendingApproval);
        (await OrderAsync(two, keys[1], "b2", 32)).Status.ShouldBe(ActionStatus.Completed);
    }

    [Fact]
    public async Task WhatPeopleApprovedWaits_WhileAHardLimitOfWhatMayBeUnderWayIsTaken()
    {
        var isLost = true;
        await using var upstream = FakeUpstream.Start(exchange => isLost ? exchange.ReplyAsync(500, "application/json", "{}") : Scene.AnswerAsync(exchange));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Order("[{ concurrent: 1, by: [tenant], hard: true }]"));
        var (agent, boss) = (await host.AgentAsync(), await host.ApproverAsync());
        var lost = await OrderAsync(host, agent, "a1", 1);
        lost.Status.ShouldBe(ActionStatus.Unknown);
        isLost = false;
        var held = (await OrderAsync(host, agent, "b2", 2)).Approval.ShouldNotBeNull();
        (await host.DecideAsync(boss, held.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();

        await host.DoDueWorkAsync();
        (await host.ApprovalAsync(agent, held.Id)).State.ShouldBe(ApprovalState.Approved);
        upstream.Writes().ShouldBe(1);

        var resolved = await host.Services.GetRequiredService<IResolutions>()
            .ResolveAsync(await host.CallerAsync(boss), new(lost.StepId!, true, "It is in their list.", DecisionChannel.Cli), default);
        resolved.Refusal.ShouldBeNull();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.DoDueWorkAsync();

        (await host.ApprovalAsync(agent, held.Id)).State.ShouldBe(ApprovalState.Succeeded);
        upstream.Writes().ShouldBe(2);
    }

    [Fact]
    public async Task TheTenantsLimit_CountsOverItsCapabilities_WhateverPermitsAndWhoeverAsks()
    {
        await using var upstream = SampleUpstream.Start();
        await using var one = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await using var two = await TouchstageHost.StartAsync(upstream.BaseUrl, folder: one.Folder);
        await one.ApplyAsync("acme", upstream.BaseUrl, "limits: [{ count: 4, per: 1d, for: [invite_member, refund_user] }]");
        var (agent, other, boss) = (await one.AgentAsync(), await one.AgentAsync(subject: "other@example.com"), await one.ApproverAsync());
        await one.InviteAsync(agent, "eve@acme.example");
        await two.CallAsync(other, "refund_user", new { payment_id = "pay_1", amount = 20 });

        var burst = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => n % 2 == 0
            ? (n % 3 == 0 ? one : two).InviteAsync(other, $"eve{n}@acme.example")
            : (n % 3 == 0 ? one : two).CallAsync(agent, "refund_user", new { payment_id = $"pay_{n}", amount = 20 })));

        burst.Count(outcome => outcome.Status is ActionStatus.Completed).ShouldBe(2);
        var held = burst.Where(outcome => outcome.Status is ActionStatus.PendingApproval).ToArray();
        held.Length.ShouldBe(4);
        upstream.Writes().ShouldBe(4);
        (await one.InviteAsync(await one.AgentAsync("globex"), "eve@globex.example")).Status.ShouldBe(ActionStatus.Completed);

        // An approved call goes past the limit, and counts in it.
        (await one.DecideAsync(boss, held[0].Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await one.DoDueWorkAsync();
        (await one.ApprovalAsync(boss, held[0].Approval!.Id)).State.ShouldBe(ApprovalState.Succeeded);
        await one.ApplyAsync("acme", upstream.BaseUrl, "limits: [{ count: 5, per: 1d, for: [refund_user, invite_member] }]");
        (await one.InviteAsync(agent, "late@acme.example")).Status.ShouldBe(ActionStatus.PendingApproval);
        one.Time.Advance(TimeSpan.FromHours(25));
        (await one.InviteAsync(agent, "next@acme.example")).Status.ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("then: refuse", ActionStatus.Refused, "limit_spent", null)]
    [InlineData("hard: true", ActionStatus.PendingApproval, null, ApprovalState.Refused)]
    public async Task TheTenantsLimit_RefusesWhereItSaysSo_AlsoWhatOnlyPeoplePermit(string how, ActionStatus status, string? code, ApprovalState? approved)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.ApplyAsync("acme", upstream.BaseUrl, $"limits: [{{ sum: args.amount, max: 200, per: 1d, for: [refund_user], {how} }}]");
        var (agent, boss) = (await host.AgentAsync(), await host.ApproverAsync());
        var first = await host.HeldRefundAsync(agent, amount: 190);
        (await host.DecideAsync(boss, first, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        upstream.Writes().ShouldBe(1);

        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_2", amount = 20 });

        (outcome.Status, outcome.Code).ShouldBe((status, code));
        if (approved is not null)
        {
            (await host.DecideAsync(boss, outcome.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
            await host.DoDueWorkAsync();
            (await host.ApprovalAsync(boss, outcome.Approval.Id)).State.ShouldBe(approved.Value);
        }

        upstream.Writes().ShouldBe(1);
    }

    private static Task<ActionOutcome> OrderAsync(TouchstageHost host, string agent, string shop, int amount) => host.CallAsync(agent, "order", new { shop, amount });

    private static async Task<string> KeyAsync(TouchstageHost host, string subject, string client)
    {
        var created = await host.Services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, null, SessionKind.Agent, [], client, TimeSpan.FromHours(1)), default);
        return created.TryGet(out var session, out var no) ? session.Key.Reveal() : throw new InvalidOperationException(no.ToString());
    }
}

using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
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

    private static async Task<string> KeyAsync(TouchstageHost host, string subject, string client)
    {
        var created = await host.Services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, null, SessionKind.Agent, [], client, TimeSpan.FromHours(1)), default);
        return created.TryGet(out var session, out var no) ? session.Key.Reveal() : throw new InvalidOperationException(no.ToString());
    }
}

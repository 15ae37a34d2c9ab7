using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

public sealed class SignInsTests : IAsyncLifetime
{
    private const string Provider = "https://login.example.com";

    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);

    private FakeUpstream upstream = null!;
    private TouchstageHost host = null!;

    private ISignIns SignIns => host.Services.GetRequiredService<ISignIns>();

    public async Task InitializeAsync()
    {
        upstream = SampleUpstream.Start();
        host = await TouchstageHost.StartAsync(upstream.BaseUrl);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task RedeemAsync_ATicket_IsItsApproverOnce()
    {
        var approver = await host.CallerAsync(await host.ApproverAsync());
        var ticket = await TicketAsync(approver);

        (await SignIns.RedeemAsync(ticket, default)).TryGet(out var signedIn, out _).ShouldBeTrue();

        signedIn!.SessionId.ShouldBe(approver.SessionId);
        signedIn.Principal.ShouldBe(approver.Principal);
        signedIn.Roles.ShouldBe(approver.Roles);
        (await SignIns.RedeemAsync(ticket, default)).Refusal!.Code.ShouldBe(SessionRefusals.InvalidSignIn);
    }

    [Fact]
    public async Task RedeemAsync_AtOnceFromManySides_LetsOneIn()
    {
        var ticket = await TicketAsync(await host.CallerAsync(await host.ApproverAsync()));

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SignIns.RedeemAsync(ticket, default))));

        all.Count(one => one.TryGet(out _, out _)).ShouldBe(1);
    }

    [Fact]
    public async Task RedeemAsync_AfterTwoMinutes_IsRefused()
    {
        var ticket = await TicketAsync(await host.CallerAsync(await host.ApproverAsync()));

        host.Time.Advance(TimeSpan.FromMinutes(2));

        (await SignIns.RedeemAsync(ticket, default)).Refusal!.Code.ShouldBe(SessionRefusals.InvalidSignIn);
    }

    [Fact]
    public async Task RedeemAsync_UnknownForeignOrBroken_IsRefusedAlike()
    {
        var ticket = await TicketAsync(await host.CallerAsync(await host.ApproverAsync()));
        var random = ticket[(ticket.IndexOf('.', StringComparison.Ordinal) + 1)..];
        foreach (var wrong in (string?[])[null, "", ".", random, "acme", "acme.", $"globex.{random}", $"ACME.{random}", $"acme.{random}x", $"acme.{random[..^1]}", new string('a', 100_000)])
        {
            var refusal = (await SignIns.RedeemAsync(wrong, default)).Refusal!;
            (refusal.Code, refusal.Reason).ShouldBe((SessionRefusals.InvalidSignIn, SessionRefusals.NoSuchTicket().Reason));
        }

        (await SignIns.RedeemAsync(ticket, default)).TryGet(out _, out _).ShouldBeTrue("what others tried took nothing from it");
    }

    [Fact]
    public async Task RedeemAsync_OfASessionRevokedMeanwhile_IsRefused()
    {
        var approver = await host.CallerAsync(await host.ApproverAsync());
        var ticket = await TicketAsync(approver);

        await RevokeAsync(approver);

        (await SignIns.RedeemAsync(ticket, default)).Refusal!.Code.ShouldBe(SessionRefusals.InvalidSignIn);
    }

    [Fact]
    public async Task CreateTicketAsync_OfAnAgent_IsRefused() =>
        (await SignIns.CreateTicketAsync(await host.CallerAsync(await host.AgentAsync()), default)).Refusal!.Code.ShouldBe(SessionRefusals.WrongKind);

    [Fact]
    public async Task ATicket_IsStoredAndPrintedByNobody()
    {
        var approver = await host.CallerAsync(await host.ApproverAsync());
        (await SignIns.CreateTicketAsync(approver, default)).TryGet(out var ticket, out _).ShouldBeTrue();

        ticket!.ToString().ShouldBe("***");
        ticket.Reveal().Length.ShouldBeGreaterThan(40);
        await host.Services.GetRequiredService<IChangeFeed>().NewestAsync(default);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(host.Folder, "data"), "touchstage.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(ticket.Reveal());
        }
    }

    [Fact]
    public async Task AdmitAsync_SomebodyOfATenant_HasASessionLikeAnyOther()
    {
        var admitted = await AdmitAsync(Sam());

        admitted.Kind.ShouldBe(SessionKind.Approver);
        (admitted.Principal.Issuer, admitted.Principal.Subject, admitted.Person).ShouldBe((Provider, "00u1", "sam@acme.example"));
        admitted.Roles.ShouldBe(["admin", "support"]);
        var listed = (await Administration.ListAsync(admitted.Tenant, default)).Single(session => session.Id == admitted.SessionId);
        listed.ExpiresAt.ShouldBe(host.Time.GetUtcNow() + HalfADay);
        (await host.Services.GetRequiredService<ILedgerStore>().ReadAboutAsync(admitted.Tenant, admitted.SessionId, default)).ShouldHaveSingleItem().Kind.ShouldBe(LedgerKind.SessionCreated);
    }

    [Fact]
    public async Task AdmitAsync_WhatAProviderMayNotSay_IsRefused()
    {
        foreach (var wrong in (ExternalIdentity[])
            [
                Sam() with { Tenant = TouchstageHost.TenantOf("nobody") },
                Sam() with { Issuer = "touchstage" },
                Sam() with { Issuer = "" },
                Sam() with { Subject = "two words" },
                Sam() with { Subject = "" },
                Sam() with { Person = "" },
                Sam() with { Person = "Sam Example" },
                Sam() with { Roles = [] },
                Sam() with { Roles = default },
                Sam() with { Roles = ["support", "Domain Users"] },
            ])
        {
            (await SignIns.AdmitAsync(wrong, HalfADay, default)).Refusal!.Code.ShouldBe(SessionRefusals.InvalidSignIn, wrong.ToString());
        }

        foreach (var lifetime in (TimeSpan[])[TimeSpan.Zero, HalfADay + TimeSpan.FromTicks(1)])
        {
            (await SignIns.AdmitAsync(Sam(), lifetime, default)).Refusal!.Code.ShouldBe(SessionRefusals.InvalidSignIn);
        }
    }

    [Fact]
    public async Task IdentifyAsync_ARevokedOrExpiredSession_IsRefusedFromThatMomentOn()
    {
        var (revoked, expired) = (await AdmitAsync(Sam()), await AdmitAsync(Sam()));
        (await SignIns.IdentifyAsync(revoked.Tenant, revoked.SessionId, default)).TryGet(out _, out _).ShouldBeTrue();

        await RevokeAsync(revoked);
        (await SignIns.IdentifyAsync(revoked.Tenant, revoked.SessionId, default)).Refusal!.Code.ShouldBe(SessionRefusals.Invalid);

        host.Time.Advance(HalfADay);
        (await SignIns.IdentifyAsync(expired.Tenant, expired.SessionId, default)).Refusal!.Code.ShouldBe(SessionRefusals.Invalid);
    }

    [Fact]
    public async Task IdentifyAsync_AnAgentsOrAnotherTenantsSession_IsRefused()
    {
        var (agent, approver) = (await host.CallerAsync(await host.AgentAsync()), await host.CallerAsync(await host.ApproverAsync()));

        (await SignIns.IdentifyAsync(agent.Tenant, agent.SessionId, default)).Refusal!.Code.ShouldBe(SessionRefusals.WrongKind);
        (await SignIns.IdentifyAsync(TouchstageHost.TenantOf("globex"), approver.SessionId, default)).Refusal!.Code.ShouldBe(SessionRefusals.Invalid);
    }

    [Fact]
    public async Task EndAsync_AnAdmittedSession_EndsAndIsNotRevoked()
    {
        var admitted = await AdmitAsync(Sam());

        await SignIns.EndAsync(admitted);

        (await SignIns.IdentifyAsync(admitted.Tenant, admitted.SessionId, default)).Refusal!.Code.ShouldBe(SessionRefusals.Invalid);
        (await Administration.ListAsync(admitted.Tenant, default)).Single(session => session.Id == admitted.SessionId).RevokedAt.ShouldBeNull();
    }

    [Fact]
    public async Task EndAsync_ASessionWithAKey_GoesOn()
    {
        var key = await host.ApproverAsync();

        await SignIns.EndAsync(await host.CallerAsync(key));

        await host.CallerAsync(key);
    }

    private ISessionAdministration Administration => host.Services.GetRequiredService<ISessionAdministration>();

    private static ExternalIdentity Sam() => new(TouchstageHost.TenantOf("acme"), Provider, "00U1", "Sam@acme.example", ["support", "admin", "support"]);

    private async Task<Caller> AdmitAsync(ExternalIdentity identity) =>
        (await SignIns.AdmitAsync(identity, HalfADay, default)).TryGet(out var caller, out var refusal) ? caller : throw new ShouldAssertException(refusal.ToString());

    private async Task<string> TicketAsync(Caller approver) =>
        (await SignIns.CreateTicketAsync(approver, default)).TryGet(out var ticket, out var refusal) ? ticket.Reveal() : throw new ShouldAssertException(refusal.ToString());

    private async Task RevokeAsync(Caller caller) => (await Administration.RevokeAsync(caller.Tenant, caller.SessionId, default)).Refusal.ShouldBeNull();
}

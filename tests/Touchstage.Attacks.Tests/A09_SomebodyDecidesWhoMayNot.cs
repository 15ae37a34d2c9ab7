using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A09_SomebodyDecidesWhoMayNot
{
    [Theory]
    [InlineData(SessionKind.Approver, "boss@example.com", null, "support", null)]
    [InlineData(SessionKind.Approver, "boss@example.com", null, "owner", "unknown_approval")]
    [InlineData(SessionKind.Approver, "agent@example.com", null, "support", "own_request")]
    [InlineData(SessionKind.Approver, "AGENT@Example.com", null, "support", "own_request")]
    [InlineData(SessionKind.Approver, "agent@example.com", "boss@example.com", "support", "own_request")]
    [InlineData(SessionKind.Approver, "delegate@example.com", "agent@example.com", "support", "own_request")]
    [InlineData(SessionKind.Agent, "boss@example.com", null, "support", "wrong_session_kind")]
    [InlineData(SessionKind.Agent, "agent@example.com", null, "support", "wrong_session_kind")]
    public async Task OnlyAnApproverWithTheRole_WhoDidNotAsk_Decides(SessionKind kind, string subject, string? onBehalfOf, string role, string? code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var id = await host.HeldRefundAsync(await host.AgentAsync());
        var shown = await host.ApprovalAsync(await host.ApproverAsync(subject: "reader@example.com"), id);
        var key = await KeyAsync(host, subject, onBehalfOf, kind, role);

        var decision = new Decision(id, VoteDecision.Approve, "", DecisionChannel.Cli, shown.RevisionDigest, null);
        var decided = await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(key), decision, default);
        await host.DoDueWorkAsync();

        (decided.Refusal?.Code.Value).ShouldBe(code);
        upstream.Writes().ShouldBe(code is null ? 1 : 0);
    }

    [Fact]
    public async Task AVoterWhoWasRevokedBeforeItRan_NoLongerCounts()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Approve);
        var session = (await host.CallerAsync(approver)).SessionId;

        (await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), session, default)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, "votes_void"));
    }

    [Fact]
    public async Task ARequesterWhoWasRevokedBeforeItRan_TakesItAlong()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Approve);

        await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), (await host.CallerAsync(agent)).SessionId, default);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(approver, id)).State.ShouldBe(ApprovalState.Withdrawn);
    }

    [Theory]
    [InlineData("UPDATE approvals SET State = 'Approved'")]
    [InlineData("UPDATE approvals SET State = 'Approved', Quorum = 0")]
    [InlineData("UPDATE approvals SET State = 'Approved', Quorum = 1, ApproverRoles = '[\"owner\"]'; DELETE FROM approval_roles")]
    [InlineData("UPDATE votes SET Decision = 'Approve', VoterSubject = 'cid@example.com'; UPDATE approvals SET State = 'Approved'")]
    [InlineData("UPDATE sessions SET Person = 'cid' WHERE Kind = 'Approver'; UPDATE approvals SET State = 'Approved', Quorum = 1")]
    public async Task AYesThatIsOnlyWrittenIntoTheStore_RunsNothing(string sql)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var id = await host.HeldAsync(await host.AgentAsync());
        (await host.VoteAsync(await host.ApproverAsync(), id)).Refusal.ShouldBeNull();

        await host.TamperAsync(sql);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
    }

    [Theory]
    [InlineData("ann@example.com", null, null)]
    [InlineData("second@example.com", null, "ann@example.com")]
    [InlineData("second@example.com", "ann@example.com", null)]
    public async Task OnePersonWithSeveralSessions_IsNotTwo_WhetherTheyVoteOrChange(string subject, string? onBehalfOf, string? person)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("quorum: 2"));
        var (agent, ann, second) = (await host.AgentAsync(), await host.ApproverAsync(subject: "ann@example.com"), await host.KeyAsync(SessionKind.Approver, subject, onBehalfOf, person));
        var (asked, changed) = (await host.HeldAsync(agent), await host.HeldAsync(agent, """{"to":"bob","amount":120}"""));

        await host.VoteAsync(ann, asked);
        await host.VoteAsync(second, asked);
        (await host.ModifyAsync(ann, changed, """{"amount":20}""")).Refusal.ShouldBeNull();
        await host.VoteAsync(second, changed);
        await host.VoteAsync(await host.ApproverAsync(subject: "cid@example.com"), changed);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, asked)).State.ShouldBe(ApprovalState.Pending);
        (await host.ApprovalAsync(agent, changed)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task WhoComesInLater_DecidesNothingBefore_ByNoDoor()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, PayManifest.With("escalate: [{ after: 2h, approvers: [lead] }]"));
        var id = await host.HeldAsync(await host.AgentAsync());
        var (lead, digest) = (await host.ApproverAsync(subject: "lead@example.com", roles: "lead"), (await host.ApprovalAsync(await host.ApproverAsync(), id)).RevisionDigest);
        var (desk, caller) = (host.Services.GetRequiredService<IApprovals>(), await host.CallerAsync(lead));
        await host.TamperAsync($"INSERT INTO approval_roles SELECT Tenant, 'lead', ExpiresAt, Id FROM approvals; UPDATE approvals SET EscalatesAt = 1");
        host.Time.Advance(TimeSpan.FromMinutes(119));

        (await desk.DecideAsync(caller, new(id, VoteDecision.Approve, "", DecisionChannel.Inbox, digest, null), default)).Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await desk.DecideManyAsync(caller, [new(id, VoteDecision.Reject, "", DecisionChannel.Inbox, digest, null)], default)).Single().Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await desk.ReviewAsync(caller, id, default)).Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await host.ModifyAsync(lead, id, """{"amount":20}""")).Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await desk.NoteAsync(caller, id, NoteKind.Claim, "", DecisionChannel.Inbox, default)).Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await desk.RevealAsync(caller, id, digest, DecisionChannel.Inbox, default)).Refusal!.Code.Value.ShouldBe("unknown_approval");
        (await host.QueueAsync(lead)).ShouldBeEmpty();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await host.VoteAsync(lead, id)).Refusal.ShouldBeNull();
    }

    private static async Task<string> KeyAsync(TouchstageHost host, string subject, string? onBehalfOf, SessionKind kind, string role)
    {
        var created = await host.Services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TouchstageHost.TenantOf("acme"), new(subject, onBehalfOf, kind, [role], "test", TimeSpan.FromHours(1)), default);
        return created.TryGet(out var session, out var no) ? session.Key.Reveal() : throw new InvalidOperationException(no.ToString());
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Steps;
using Touchstage.StepTokens;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>Whoever can write to the database, but has no keys, makes no vote of it and turns none round.</summary>
public sealed class A09_AVoteIsWrittenIntoTheStore
{
    [Theory]
    [InlineData("nothing", "UPDATE votes SET At = At", true)]
    [InlineData("the statement is gone", "UPDATE votes SET Statement = NULL", false)]
    [InlineData("the statement is no statement", "UPDATE votes SET Statement = 'a.b.c'", false)]
    [InlineData("the statement's last letters", "UPDATE votes SET Statement = substr(Statement, 1, length(Statement) - 4) || 'AAAA'", false)]
    [InlineData("when it was cast", "UPDATE votes SET At = At - 60000000", false)]
    [InlineData("through which door", "UPDATE votes SET Channel = 'inbox'", false)]
    [InlineData("what it teaches", "UPDATE votes SET Tag = 'WrongAction'", false)]
    public async Task AVoteWhoseRowWasChanged_DoesNotCount(string what, string sql, bool runs)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Approve);

        await host.TamperAsync(sql);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(runs ? 1 : 0, what);
        var approval = await host.ApprovalAsync(agent, id);
        (approval.State, approval.ClosingCode).ShouldBe(runs ? (ApprovalState.Succeeded, null) : (ApprovalState.Refused, "votes_void"), what);
    }

    [Fact]
    public async Task AYesToAnotherApproval_IsNoYesToThisOne()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (small, large) = (await host.HeldRefundAsync(agent, 60), await host.HeldRefundAsync(agent, 900));
        await host.DecideAsync(approver, small, VoteDecision.Approve);

        await host.TamperAsync($"""
            UPDATE votes SET ApprovalId = '{large}', RevisionDigest = (SELECT Digest FROM revisions WHERE ApprovalId = '{large}');
            UPDATE approvals SET State = 'Approved' WHERE Id = '{large}';
            UPDATE approvals SET State = 'Pending' WHERE Id = '{small}';
            """);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, large)).ClosingCode.ShouldBe("votes_void");
    }

    [Fact]
    public async Task ANoTurnedIntoAYes_IsNone()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Reject);

        await host.TamperAsync(TurnedRound);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, id)).ClosingCode.ShouldBe("votes_void");
    }

    [Fact]
    public async Task AYesSignedWithAKeyOfTheirOwn_IsNone_AndThatKeyIsNotPublished()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var id = await host.HeldRefundAsync(agent);
        await host.DecideAsync(approver, id, VoteDecision.Reject);
        var no = (await StatementsAsync(host)).Single();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var yes = VoteStatementFormat.Sign(no with { Answer = VoteAnswer.Approve }, "planted", key);
        await host.TamperAsync($"""
            INSERT INTO signing_keys (KeyId, SealedPrivateKey, PublicJwk, CreatedAt) SELECT 'planted', SealedPrivateKey, '{StepTokenKeySet.WriteJwk("planted", key)}', CreatedAt - 1 FROM signing_keys;
            INSERT INTO signing_keys (KeyId, SealedPrivateKey, PublicJwk, CreatedAt) SELECT 'planted-2', x'00', PublicJwk, CreatedAt - 1 FROM signing_keys WHERE KeyId = 'planted';
            UPDATE votes SET Statement = '{yes}';
            {TurnedRound}
            """);
        await host.DoDueWorkAsync();

        upstream.Writes().ShouldBe(0);
        (await host.ApprovalAsync(agent, id)).ClosingCode.ShouldBe("votes_void");
        (await KeysAsync(host)).KeyIds.ShouldHaveSingleItem().ShouldNotStartWith("planted");
    }

    [Fact]
    public async Task EveryVote_IsInTheLedgerAsItWasSigned()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var (small, large) = (await host.HeldRefundAsync(agent, 60), await host.HeldRefundAsync(agent, 900));
        await host.DecideAsync(approver, small, VoteDecision.Approve);
        await host.DecideAsync(approver, large, VoteDecision.Reject, "Too much.");

        var signed = await StatementsAsync(host);

        signed.Select(vote => (vote.Approval, vote.Answer)).ShouldBe([(small, VoteAnswer.Approve), (large, VoteAnswer.Reject)]);
        signed.ShouldAllBe(vote => vote.Tenant == "acme" && vote.Voter.ToString() == "acme/touchstage/boss%40example.com" && vote.Channel == "cli" && vote.Revision == 1);
    }

    private const string TurnedRound = "UPDATE votes SET Decision = 'Approve'; UPDATE approvals SET State = 'Approved', ClosedAt = NULL, ClosingCode = NULL, ClosingReason = NULL;";

    // What the ledger's export shows, read with the published keys alone.
    private static async Task<VoteStatement[]> StatementsAsync(TouchstageHost host)
    {
        var keys = await KeysAsync(host);
        using var exported = new MemoryStream();
        await host.Services.GetRequiredService<ILedger>().ExportAsync(TouchstageHost.TenantOf("acme"), exported, default);
        return [.. Encoding.UTF8.GetString(exported.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(StatementOf).OfType<string>()
            .Select(statement => VoteStatementFormat.TryRead(statement, keys, out var vote) ? vote : throw new InvalidOperationException("It is not signed."))];
    }

    private static string? StatementOf(string line)
    {
        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.GetProperty("kind").GetString() == "approval.voted" ? entry.RootElement.GetProperty("body").GetProperty("statement").GetString() : null;
    }

    private static async Task<StepTokenKeySet> KeysAsync(TouchstageHost host) =>
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default)), out var keys)
            ? keys
            : throw new InvalidOperationException("No keys.");
}

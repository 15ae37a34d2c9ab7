using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Histories;

public sealed class RandomHistoryTests : IAsyncLifetime
{
    private readonly HookedStores stores = new();
    private FakeUpstream upstream = null!;
    private TouchstageHost host = null!;
    private int histories;
    private bool crashes;

    public enum Move
    {
        Propose,
        Approve,
        Reject,
        Sweep,
        Crash,
        PassADay,
        Revoke,
    }

    public async Task InitializeAsync()
    {
        upstream = FakeUpstream.Start(Scene.AnswerAsync);
        host = await TouchstageHost.StartAsync(upstream.BaseUrl, replace: stores.Replace);
        stores.Journal.OnSettle = (_, settle) => crashes ? throw new IOException("the process died") : settle();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task AnyHistory_IsWhatTheModelSays_AndAnApprovalIsSentAtMostOnce()
    {
        // Weighted so that most histories get somewhere; a session's end comes last.
        var move = Gen.Frequency(
            (6, Gen.Const(Move.Propose)), (5, Gen.Const(Move.Approve)), (2, Gen.Const(Move.Reject)), (4, Gen.Const(Move.Sweep)), (2, Gen.Const(Move.Crash)), (1, Gen.Const(Move.PassADay)), (1, Gen.Const(Move.Revoke)));
        move.Array[3, 10].Sample(history => PlayAsync(history).GetAwaiter().GetResult(), iter: 40, threads: 1, print: history => string.Join(' ', history));

        (await host.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
        (await host.NumberAsync("SELECT count(*) FROM (SELECT ApprovalId FROM steps WHERE ApprovalId IS NOT NULL GROUP BY ApprovalId HAVING count(*) > 1)")).ShouldBe(0);
    }

    private async Task<bool> PlayAsync(Move[] history)
    {
        var name = $"h{histories++}";
        var agent = await SessionAsync(name, SessionKind.Agent);
        var model = ApprovalModel.Nothing;
        string? id = null;
        foreach (var move in history)
        {
            switch (move)
            {
                case Move.Propose:
                    (model, id) = await ProposeAsync(model, agent.Key.Reveal(), name, id);
                    break;
                case Move.Approve or Move.Reject when id is not null:
                    model = await VoteAsync(model, id, move is Move.Approve);
                    break;
                case Move.Sweep:
                    await host.DoDueWorkAsync();
                    model = model.Sweep(crashes: false);
                    break;
                case Move.Crash:
                    model = await CrashAsync(model);
                    break;
                case Move.PassADay:
                    host.Time.Advance(TimeSpan.FromDays(1));
                    model = model.Pass(24 * 60);
                    break;
                case Move.Revoke:
                    (await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(TouchstageHost.TenantOf("acme"), agent.Session.Id, default)).Refusal.ShouldBeNull();
                    model = model.Revoke();
                    break;
            }

            await CompareAsync(model, id, name);
        }

        return true;
    }

    private async Task<(ApprovalModel Model, string? Id)> ProposeAsync(ApprovalModel model, string agent, string name, string? id)
    {
        var (next, expected) = model.Propose();
        var outcome = await host.InviteAsync(agent, $"{name}@acme.example", "admin");
        var answer = outcome switch
        {
            { Status: ActionStatus.PendingApproval, Approval: { } approval } => approval.Id == id ? "same" : "new",
            { Status: ActionStatus.Completed } => "completed",
            _ => outcome.Code,
        };
        answer.ShouldBe(expected);
        return (next, outcome.Approval?.Id ?? id);
    }

    private async Task<ApprovalModel> VoteAsync(ApprovalModel model, string id, bool approve)
    {
        var (next, isTaken) = model.Vote(approve);
        var approver = await SessionAsync("boss", SessionKind.Approver);
        var decided = await host.DecideAsync(approver.Key.Reveal(), id, approve ? VoteDecision.Approve : VoteDecision.Reject);
        (decided.TryGet(out var receipt, out var no) && receipt.WasRecorded).ShouldBe(isTaken, no?.Reason);
        return next;
    }

    private async Task<ApprovalModel> CrashAsync(ApprovalModel model)
    {
        crashes = true;
        await host.DoDueWorkAsync();
        crashes = false;
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.DoDueWorkAsync();
        return model.Sweep(crashes: true).Pass(2).Sweep(crashes: false);
    }

    private async Task CompareAsync(ApprovalModel model, string? id, string name)
    {
        upstream.Exchanges.Count(e => Encoding.UTF8.GetString(e.Body).Contains($"{name}@", StringComparison.Ordinal)).ShouldBe(model.Requests);
        if (id is not null)
        {
            var approver = await SessionAsync("boss", SessionKind.Approver);
            (await host.ApprovalAsync(approver.Key.Reveal(), id)).State.ShouldBe(model.Shown!.Value);
        }
    }

    private async Task<NewSession> SessionAsync(string name, SessionKind kind) =>
        (await host.Services.GetRequiredService<ISessionAdministration>().CreateAsync(
            TouchstageHost.TenantOf("acme"), new($"{name}@example.com", null, kind, ["support"], "test", TimeSpan.FromDays(300)), default)).TryGet(out var session, out var no)
            ? session
            : throw new InvalidOperationException(no.ToString());
}

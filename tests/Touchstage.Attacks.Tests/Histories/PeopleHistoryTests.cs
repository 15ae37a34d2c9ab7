using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Histories;

/// <summary>Random histories of two servers on one store, where two people must say yes, one may change it, another comes in later and some are one person, against a pure model.</summary>
public sealed class PeopleHistoryTests : IAsyncLifetime
{
    private readonly HookedStores stores = new();
    private FakeUpstream upstream = null!;
    private TouchstageHost one = null!;
    private TouchstageHost two = null!;
    private bool crashes;
    private int histories;
    private int path = 1;

    public enum Move
    {
        Propose,
        ProposeChanged,
        Approve,
        Reject,
        StaleVote,
        Modify,
        Note,
        Withdraw,
        Sweep,
        Crash,
        Pass,
        Revoke,
        RevokeAgent,
        RulesChange,
        RaceVotes,
        RaceYesAndNo,
        RaceModifyAndVote,
        RaceSweeps,
        RaceWithdrawAndSweep,
        Resolve,
        RaceResolves,
    }

    public async Task InitializeAsync()
    {
        upstream = FakeUpstream.Start(exchange => exchange.ReplyAsync(200, "application/json", """{"id":"po_1"}"""));
        one = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifest(), replace: stores.Replace);
        two = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifest(), one.Folder);
        stores.Journal.OnSettle = (_, settle) => crashes ? throw new IOException("the process died") : settle();
    }

    public async Task DisposeAsync()
    {
        await two.DisposeAsync();
        await one.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task AnyHistory_IsWhatTheModelSays_WhateverRaces()
    {
        // Weighted so that most histories get somewhere.
        var move = Gen.Frequency(
            (5, Gen.Const(Move.Propose)), (2, Gen.Const(Move.ProposeChanged)), (9, Gen.Const(Move.Approve)), (1, Gen.Const(Move.Reject)), (1, Gen.Const(Move.StaleVote)), (4, Gen.Const(Move.Modify)),
            (1, Gen.Const(Move.Note)), (1, Gen.Const(Move.Withdraw)), (4, Gen.Const(Move.Sweep)), (2, Gen.Const(Move.Crash)), (3, Gen.Const(Move.Pass)), (1, Gen.Const(Move.Revoke)),
            (1, Gen.Const(Move.RevokeAgent)), (2, Gen.Const(Move.RulesChange)), (3, Gen.Const(Move.RaceVotes)), (1, Gen.Const(Move.RaceYesAndNo)), (2, Gen.Const(Move.RaceModifyAndVote)),
            (2, Gen.Const(Move.RaceSweeps)), (1, Gen.Const(Move.RaceWithdrawAndSweep)), (1, Gen.Const(Move.Resolve)), (1, Gen.Const(Move.RaceResolves)));
        var who = Gen.Int[0, 5].Select(n => (Who)n);
        Gen.Select(move, who, who).Array[6, 16].Sample(
            history => PlayAsync(history).GetAwaiter().GetResult(),
            iter: 25,
            threads: 1,
            print: history => string.Join(", ", history.Select(step => $"{step.Item1} {step.Item2} {step.Item3}")));

        (await one.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
        (await one.NumberAsync("SELECT count(*) FROM (SELECT ApprovalId FROM steps WHERE ApprovalId IS NOT NULL GROUP BY ApprovalId HAVING count(*) > 1)")).ShouldBe(0);
        (await one.NumberAsync("SELECT count(*) FROM approval_roles r JOIN approvals a ON a.Id = r.ApprovalId WHERE a.State <> 'Pending'")).ShouldBe(0);
        (await one.NumberAsync("SELECT count(*) FROM approvals a WHERE a.State = 'Pending' AND NOT EXISTS (SELECT 1 FROM approval_roles r WHERE r.ApprovalId = a.Id)")).ShouldBe(0);
    }

    private async Task<bool> PlayAsync((Move Move, Who First, Who Second)[] history)
    {
        var play = new Play(this, $"h{histories++}x");
        await play.OpenAsync();
        foreach (var (move, first, second) in history)
        {
            await play.MakeAsync(move, first, second);
            (await play.SeenAsync()).ShouldBe(play.Expected(), $"after {move} {first} {second}");
        }

        return true;
    }

    private Dictionary<string, string> Manifest() => PayManifest.With("quorum: 2\nescalate: [{ after: 2h, approvers: [lead] }]\nmax_pending: 1000", path: $"/v{path}");

    private sealed class Play(PeopleHistoryTests room, string name)
    {
        private static readonly double[] Waits = [0.5, 2, 60, 120, ModelCase.Day, ModelCase.Day];

        private readonly Dictionary<Who, string> keys = [];
        private PeopleModel model = PeopleModel.Start(room.path);
        private string agent = "";
        private string observer = "";
        private string? id;

        public async Task OpenAsync()
        {
            agent = await KeyAsync(SessionKind.Agent, name, null, "support");
            observer = await KeyAsync(SessionKind.Approver, $"{name}observer", null, "support");
            foreach (var who in Enum.GetValues<Who>())
            {
                keys[who] = await KeyAsync(
                    SessionKind.Approver,
                    who is Who.Self ? name : $"{name}{who}",
                    who is Who.Annie ? $"{name}{Who.Ann}@example.com" : null,
                    who is Who.Lea ? "lead" : "support");
            }
        }

        public async Task MakeAsync(Move move, Who first, Who second)
        {
            switch (move)
            {
                case Move.Propose:
                    await ProposeAsync(120);
                    break;
                case Move.ProposeChanged:
                    await ProposeAsync(20);
                    break;
                case Move.Approve or Move.Reject when CanDecide(first):
                    await OneAsync(await VotingAsync(first, move is Move.Approve));
                    break;
                case Move.StaleVote when CanDecide(first) && model.Newest!.Revision > 1:
                    await OneAsync(new(host => VoteAsync(host, first, true, "sha256:before"), now => now.Vote(first, true, now.Newest!.Revision - 1)));
                    break;
                case Move.Modify when CanDecide(first):
                    await OneAsync(Modifying(first));
                    break;
                case Move.Note when CanDecide(first):
                    await OneAsync(new(host => NoteAsync(host, first, second), now => now.Note(first)));
                    break;
                case Move.Withdraw when CanWithdraw:
                    await OneAsync(Withdrawing());
                    break;
                case Move.Sweep:
                    await OneAsync(Sweeping());
                    break;
                case Move.Crash:
                    await CrashAsync();
                    break;
                case Move.Pass:
                    Pass(Waits[(int)first]);
                    break;
                case Move.Revoke when CanDecide(first):
                    await room.one.RevokeAsync(keys[first]);
                    model = model.Revoke(first);
                    break;
                case Move.RevokeAgent when CanWithdraw && first == second:
                    await room.two.RevokeAsync(agent);
                    model = model.RevokeAgent();
                    break;
                case Move.RulesChange:
                    await ChangeRulesAsync();
                    break;
                case Move.Resolve when CanDecide(first):
                    await OneAsync(Resolving(first, second is Who.Ann or Who.Bob or Who.Cid));
                    break;
                case Move.RaceResolves when CanDecide(first) && CanDecide(second) && first != second:
                    await RaceAsync(Resolving(first, true), Resolving(second, false));
                    break;
                case Move.RaceVotes or Move.RaceYesAndNo when CanDecide(first) && CanDecide(second) && first != second:
                    await RaceAsync(await VotingAsync(first, true), await VotingAsync(second, move is Move.RaceVotes));
                    break;
                case Move.RaceModifyAndVote when CanDecide(first) && CanDecide(second) && first != second:
                    await RaceAsync(Modifying(first), await VotingAsync(second, true));
                    break;
                case Move.RaceSweeps:
                    await RaceAsync(Sweeping(), Sweeping());
                    break;
                case Move.RaceWithdrawAndSweep when CanWithdraw:
                    await RaceAsync(Withdrawing(), Sweeping());
                    break;
            }
        }

        /// <summary>What there is to be seen of it.</summary>
        public async Task<string> SeenAsync()
        {
            var sent = room.upstream.Exchanges
                .Select(exchange => (exchange.Target, Body: JsonElement.Parse(exchange.Body)))
                .Where(exchange => exchange.Body.GetProperty("to").GetString() == name)
                .Select(exchange => $"{exchange.Body.GetProperty("amount").GetRawText()} to {exchange.Target}");
            if (id is null)
            {
                return $"sent [{string.Join(", ", sent)}]";
            }

            var shown = await room.two.ApprovalAsync(observer, id);
            var votes = shown.Case!.Votes.Where(vote => vote.Revision == shown.Revision).Select(vote => $"{vote.Voter}:{vote.Decision}").Order(StringComparer.Ordinal);
            var queues = new List<Who>();
            foreach (var (who, key) in keys.Where(pair => !model.Revoked.Contains(pair.Key)))
            {
                var queue = await room.two.Services.GetRequiredService<IApprovals>().QueueAsync(await room.two.CallerAsync(key), new(null, $"/{name}%40", false, null, 50), default);
                queues.AddRange(queue.Items.Select(item => item.Id == id ? who : throw new InvalidOperationException($"{item.Id} waits beside {id}")));
            }

            return $"{shown.State} {shown.Revision} {shown.Summary}, votes [{string.Join(", ", votes)}], queues [{string.Join(", ", queues.Order())}], sent [{string.Join(", ", sent)}]";
        }

        /// <summary>The same, as the model has it.</summary>
        public string Expected() => Expected(model);

        private string Expected(PeopleModel model)
        {
            if (model.Newest is not { } one)
            {
                return $"sent [{string.Join(", ", model.Sent)}]";
            }

            var votes = one.Votes
                .Select(vote => $"acme/touchstage/{$"{name}{vote.Key}".ToLowerInvariant()}%40example.com:{(vote.Value ? VoteDecision.Approve : VoteDecision.Reject)}")
                .Order(StringComparer.Ordinal);
            var queues = Enum.GetValues<Who>().Where(who => !model.Revoked.Contains(who) && model.IsQueued(who));
            return $"{one.Shown(model.Now)} {one.Revision} Pay {one.Amount} to {name}, votes [{string.Join(", ", votes)}], queues [{string.Join(", ", queues)}], sent [{string.Join(", ", model.Sent)}]";
        }

        private bool CanWithdraw => id is not null && !model.IsAgentRevoked;

        private bool CanDecide(Who who) => id is not null && !model.Revoked.Contains(who);

        private async Task OneAsync(Step step)
        {
            var answer = await step.Do(room.one);
            (model, var expected) = step.Say(model);
            answer.ShouldBe(expected);
        }

        // Whichever came first: one order explains what both were told and what stands now.
        private async Task RaceAsync(Step first, Step second)
        {
            var answers = await Task.WhenAll(first.Do(room.one), second.Do(room.two));
            var seen = await SeenAsync();
            var (a, b) = (InOrder(first, second), InOrder(second, first));
            var possible = new[] { (a.Next, Answers: (a.First, a.Second)), (b.Next, Answers: (b.Second, b.First)) };
            model = possible.FirstOrDefault(order => order.Answers == (answers[0], answers[1]) && Expected(order.Next) == seen).Next
                ?? throw new InvalidOperationException($"No order explains {answers[0]} and {answers[1]} and {seen}; there are {string.Join(" or ", possible.Select(order => $"{order.Answers} and {Expected(order.Next)}"))}.");
        }

        private (PeopleModel Next, string First, string Second) InOrder(Step first, Step second)
        {
            var (middle, one) = first.Say(model);
            var (next, two) = second.Say(middle);
            return (next, one, two);
        }

        private async Task ProposeAsync(int amount)
        {
            // What is live beside it would be a second approval to act on.
            if (model.Cases.Any(one => one.IsLive(model.Now) && !one.Amounts.Contains(amount)))
            {
                return;
            }

            var (next, expected) = model.Propose(amount);
            var outcome = await room.one.CallAsync(agent, "pay", $$"""{"to":"{{name}}","amount":{{amount}}}""");
            var answer = outcome switch
            {
                { Status: ActionStatus.PendingApproval, Approval: { } approval } => approval.Id == id ? "same" : "ok",
                { Status: ActionStatus.Completed } => "completed",
                _ => outcome.Code,
            };
            answer.ShouldBe(expected);
            (model, id) = (next, outcome.Approval?.Id ?? id);
        }

        private async Task<Step> VotingAsync(Who who, bool isYes)
        {
            var (digest, revision) = ((await room.one.ApprovalAsync(observer, id!)).RevisionDigest, model.Newest!.Revision);
            return new(host => VoteAsync(host, who, isYes, digest), now => now.Vote(who, isYes, revision));
        }

        private Step Modifying(Who who)
        {
            var amount = 140 - model.Newest!.Amount;
            return new(
                async host => Answer(await host.ModifyAsync(keys[who], id!, $$"""{"amount":{{amount}}}""")),
                now => now.Modify(who, amount));
        }

        private Step Withdrawing() => new(
            async host => (await host.WithdrawAsync(agent, id!)).TryGet(out _, out var no) ? "ok" : no.Code.Value,
            now => now.Withdraw());

        private Step Resolving(Who who, bool happened) => new(
            async host =>
            {
                var resolution = new Resolution(id!, happened, "The bank says so.", DecisionChannel.Cli);
                var resolved = await host.Services.GetRequiredService<IResolutions>().ResolveAsync(await host.CallerAsync(keys[who]), resolution, default);
                return resolved.TryGet(out _, out var no) ? "ok" : no.Code.Value;
            },
            now => now.Resolve(who, happened));

        private static Step Sweeping() => new(
            async host =>
            {
                await host.DoDueWorkAsync();
                return "ok";
            },
            now => (now.Sweep(crashes: false), "ok"));

        private async Task<string> VoteAsync(TouchstageHost host, Who who, bool isYes, string digest)
        {
            var decision = new Decision(id!, isYes ? VoteDecision.Approve : VoteDecision.Reject, "", DecisionChannel.Inbox, digest, null);
            return Answer(await host.Services.GetRequiredService<IApprovals>().DecideAsync(await host.CallerAsync(keys[who]), decision, default));
        }

        private async Task<string> NoteAsync(TouchstageHost host, Who who, Who other)
        {
            var kind = other is Who.Ann or Who.Bob ? NoteKind.Claim : other is Who.Cid ? NoteKind.Release : NoteKind.Comment;
            var noted = await host.Services.GetRequiredService<IApprovals>().NoteAsync(await host.CallerAsync(keys[who]), id!, kind, "Which customer?", DecisionChannel.Inbox, default);
            return noted.TryGet(out _, out var no) ? "ok" : no.Code.Value;
        }

        private async Task CrashAsync()
        {
            room.crashes = true;
            await room.one.DoDueWorkAsync();
            room.crashes = false;
            model = model.Sweep(crashes: true);
            Pass(2);
            await room.two.DoDueWorkAsync();
            model = model.Sweep(crashes: false);
        }

        private void Pass(double minutes)
        {
            room.one.Time.Advance(TimeSpan.FromMinutes(minutes));
            room.two.Time.Advance(TimeSpan.FromMinutes(minutes));
            model = model.Pass(minutes);
        }

        private async Task ChangeRulesAsync()
        {
            room.path = 3 - room.path;
            await room.one.ReloadAsync(room.Manifest());
            await room.two.ReloadAsync(room.Manifest());
            model = model.Load(room.path);
        }

        private async Task<string> KeyAsync(SessionKind kind, string subject, string? person, string role) =>
            (await room.one.Services.GetRequiredService<ISessionAdministration>().CreateAsync(
                TouchstageHost.TenantOf("acme"), new($"{subject}@example.com", null, kind, [role], "test", TimeSpan.FromDays(300), person), default)).Take().Key.Reveal();

        private static string Answer(Safety.Refusals.Result<DecisionReceipt> decided) => decided.TryGet(out var receipt, out var no) ? (receipt.WasRecorded ? "ok" : "again") : no.Code.Value;
    }

    /// <summary>What is done on a server, and what the model says of it.</summary>
    private sealed record Step(Func<TouchstageHost, Task<string>> Do, Func<PeopleModel, (PeopleModel Next, string Answer)> Say);
}

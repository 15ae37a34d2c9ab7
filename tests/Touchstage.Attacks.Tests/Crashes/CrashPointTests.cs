using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>
/// SIGKILL at every boundary between a decision and its outcome, and another server on the same store: never twice, never lost, unknown where nobody can know.
/// A point is <c>phase/call</c> for just before a call, and <c>phase/call committing</c> or <c>committed</c> for the two sides of its commit.
/// </summary>
public sealed class CrashPointTests
{
    private const string Standing = "quorum: 1";
    private const string Patient = "escalate: [{ after: 2h, approvers: [lead] }]";

    /// <summary>How far an approved call had come.</summary>
    public enum Reached
    {
        Undecided,
        Decided,
        Admitted,
        Sent,
        Settled,
    }

    /// <summary>A payment that waits for a person and that a look-up can forbid.</summary>
    internal static Dictionary<string, string> Manifest(string terms, string path) => PayManifest.With(
        terms,
        rules: "forbid: '!facts.account.open'",
        path: path,
        more: "facts:\n  account:\n    path: /v1/account\n    output: { type: object, required: [open], properties: { open: { type: boolean } } }");

    [Theory]
    [InlineData("approve/VoteAsync#1", Reached.Undecided)]
    [InlineData("approve/VoteAsync committing#1", Reached.Undecided)]
    [InlineData("approve/VoteAsync committed#1", Reached.Decided)]
    [InlineData("run/FindAsync#1", Reached.Decided)]
    [InlineData("run/Session.FindAsync#1", Reached.Decided)]
    [InlineData("run/Session.FindAsync#2", Reached.Decided)]
    [InlineData("run/AdmitFact#1", Reached.Decided)]
    [InlineData("run/AdmitFact committed#1", Reached.Decided)]
    [InlineData("run/SettleOther#1", Reached.Decided)]
    [InlineData("run/SettleOther committed#1", Reached.Decided)]
    [InlineData("run/Id.stp#2", Reached.Decided)]
    [InlineData("run/Admit#1", Reached.Decided)]
    [InlineData("run/Admit committing#1", Reached.Decided)]
    [InlineData("run/Admit committed#1", Reached.Admitted)]
    [InlineData("run/Id.jti#2", Reached.Admitted)]
    [InlineData("run/Secret.FindAsync#2", Reached.Admitted)]
    [InlineData("run/Resolve#2", Reached.Admitted)]
    [InlineData("upstream", Reached.Sent)]
    [InlineData("run/Settle#1", Reached.Sent)]
    [InlineData("run/Settle committing#1", Reached.Sent)]
    [InlineData("run/Settle committed#1", Reached.Settled)]
    public async Task Killed_on_the_way_of_an_approved_call(string point, Reached reached)
    {
        await using var room = await Room.OpenAsync(Standing);
        await room.KillAsync(point, "approve", room.Ann);

        await using var server = await room.RestartAsync();
        await server.DoDueWorkAsync();
        if (reached is Reached.Undecided)
        {
            (await server.ApprovalAsync(room.Ann, room.Id)).State.ShouldBe(ApprovalState.Pending);
            (await server.VoteAsync(room.Ann, room.Id)).Take().WasRecorded.ShouldBeTrue();
            await server.DoDueWorkAsync();
        }
        else
        {
            (await server.VoteAsync(room.Ann, room.Id)).Take().WasRecorded.ShouldBeFalse();
        }

        var isOpen = reached is Reached.Admitted or Reached.Sent;
        (await server.ApprovalAsync(room.Ann, room.Id)).State.ShouldBe(isOpen ? ApprovalState.Executing : ApprovalState.Succeeded);
        (await server.WithdrawAsync(room.Agent, room.Id)).Refusal!.Code.Value.ShouldBe("already_decided");
        server.Time.Advance(TimeSpan.FromMinutes(5));
        await server.DoDueWorkAsync();
        await server.DoDueWorkAsync();
        var again = await server.CallAsync(room.Agent, "pay", PayManifest.Arguments);
        await server.DoDueWorkAsync();

        (await server.ApprovalAsync(room.Ann, room.Id)).State.ShouldBe(isOpen ? ApprovalState.Unknown : ApprovalState.Succeeded);
        (again.Status, again.Code).ShouldBe(isOpen ? (ActionStatus.Unknown, "unsettled") : (ActionStatus.PendingApproval, null));
        room.Amounts.ShouldBe(reached is Reached.Admitted ? [] : ["120"]);
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("modify/ModifyAsync#1", 1, false)]
    [InlineData("modify/ModifyAsync committing#1", 1, false)]
    [InlineData("modify/ModifyAsync committed#1", 1, true)]
    [InlineData("modify/ModifyAsync committing#1", 2, false)]
    [InlineData("modify/ModifyAsync committed#1", 2, true)]
    public async Task Killed_while_a_person_changes_it(string point, int quorum, bool isChanged)
    {
        await using var room = await Room.OpenAsync($"quorum: {quorum}");
        await room.KillAsync(point, "modify", room.Ann);

        await using var server = await room.RestartAsync();
        await server.DoDueWorkAsync();
        var found = await server.ApprovalAsync(room.Agent, room.Id);
        (found.State, found.Revision).ShouldBe(isChanged ? (quorum is 1 ? ApprovalState.Succeeded : ApprovalState.Pending, 2) : (ApprovalState.Pending, 1));
        if (!isChanged)
        {
            (await server.ModifyAsync(room.Ann, room.Id, """{"amount":20}""")).Take().WasRecorded.ShouldBeTrue();
        }

        for (var other = 0; other < 2 && quorum > 1; other++)
        {
            await server.VoteAsync(await server.ApproverAsync(subject: $"other{other}@example.com"), room.Id);
        }

        await server.DoDueWorkAsync();
        await server.DoDueWorkAsync();
        (await server.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(ApprovalState.Succeeded);
        room.Amounts.ShouldBe(["20"]);
        (await server.CallAsync(room.Agent, "pay", PayManifest.Arguments)).Code.ShouldBe("modified_instead");
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("withdraw/CloseAsync committing#1", "withdraw", ApprovalState.Pending)]
    [InlineData("withdraw/CloseAsync committed#1", "withdraw", ApprovalState.Withdrawn)]
    [InlineData("revoke/Session.RevokeAsync committing#1", "revoke", ApprovalState.Pending)]
    [InlineData("revoke/Session.RevokeAsync committed#1", "revoke", ApprovalState.Withdrawn)]
    [InlineData("reject/VoteAsync committing#1", "reject", ApprovalState.Pending)]
    [InlineData("reject/VoteAsync committed#1", "reject", ApprovalState.Rejected)]
    public async Task Killed_while_it_ends(string point, string verb, ApprovalState state)
    {
        await using var room = await Room.OpenAsync(Standing);
        await room.KillAsync(point, verb, verb is "reject" ? room.Ann : room.Agent);

        await using var server = await room.RestartAsync();
        await server.DoDueWorkAsync();
        (await server.ApprovalAsync(room.Ann, room.Id)).State.ShouldBe(state);
        (await server.QueueAsync(room.Ann)).ShouldBe(state is ApprovalState.Pending ? [room.Id] : []);
        await server.VoteAsync(room.Ann, room.Id);
        await server.DoDueWorkAsync();

        room.Amounts.ShouldBe(state is ApprovalState.Pending ? ["120"] : []);
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("run/EscalateAsync committing#1", 120)]
    [InlineData("run/EscalateAsync committed#1", 120)]
    [InlineData("run/CloseAsync committing#1", 24 * 60)]
    [InlineData("run/CloseAsync committed#1", 24 * 60)]
    public async Task Killed_while_its_time_comes(string point, int minutes)
    {
        await using var room = await Room.OpenAsync(Patient);
        await room.KillAsync(point, "wait", "", minutes);

        await using var server = await room.RestartAsync(minutes);
        await server.DoDueWorkAsync();
        await server.DoDueWorkAsync();

        var isOver = minutes >= 24 * 60;
        var lead = await server.ApproverAsync(subject: "lead@example.com", roles: "lead");
        (await server.QueueAsync(lead)).ShouldBe(isOver ? [] : [room.Id]);
        (await server.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(isOver ? ApprovalState.Expired : ApprovalState.Pending);
        (await server.NumberAsync($"SELECT count(*) FROM ledger WHERE Subject = '{room.Id}' AND Kind = '{(isOver ? LedgerKind.ApprovalClosed : LedgerKind.ApprovalEscalated)}'")).ShouldBe(1);
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("run/ReviseAsync committing#1")]
    [InlineData("run/ReviseAsync committed#1")]
    public async Task Killed_while_the_changed_rules_are_put_before_people(string point)
    {
        await using var room = await Room.OpenAsync(Standing);
        (await room.First.VoteAsync(room.Ann, room.Id)).Refusal.ShouldBeNull();
        await room.KillAsync(point, "wait", "", path: "/v2/transfers");

        await using var server = await room.RestartAsync(path: "/v2/transfers");
        await server.DoDueWorkAsync();
        await server.DoDueWorkAsync();
        var anew = await server.ApprovalAsync(room.Agent, room.Id);
        (anew.State, anew.Revision).ShouldBe((ApprovalState.Pending, 2));
        room.Amounts.ShouldBeEmpty();
        (await server.VoteAsync(room.Ann, room.Id)).Refusal.ShouldBeNull();
        await server.DoDueWorkAsync();

        room.Amounts.ShouldBe(["120"]);
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("run/Abandon#1")]
    [InlineData("run/Abandon committing#1")]
    [InlineData("run/Abandon committed#1")]
    public async Task Killed_again_while_it_is_found_that_nobody_knows(string point)
    {
        await using var room = await Room.OpenAsync(Standing);
        await room.KillAsync("run/Settle#1", "approve", room.Ann);
        await room.KillAsync(point, "wait", "", 5);

        await using var server = await room.RestartAsync(5);
        await server.DoDueWorkAsync();
        await server.DoDueWorkAsync();

        (await server.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(ApprovalState.Unknown);
        room.Amounts.ShouldBe(["120"]);
        await ShouldBeSoundAsync(server);
    }

    [Theory]
    [InlineData("resolve/SettleOther#1", ApprovalState.Unknown)]
    [InlineData("resolve/SettleOther committing#1", ApprovalState.Unknown)]
    [InlineData("resolve/SettleOther committed#1", ApprovalState.Succeeded)]
    public async Task Killed_while_a_person_says_what_became_of_it(string point, ApprovalState state)
    {
        await using var room = await Room.OpenAsync(Standing);
        await room.KillAsync("run/Settle#1", "approve", room.Ann);
        await using (var between = await room.RestartAsync(5))
        {
            await between.DoDueWorkAsync();
        }

        await room.KillAsync(point, "resolve", room.Ann, 5);

        await using var server = await room.RestartAsync(5);
        await server.DoDueWorkAsync();
        (await server.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(state);
        var again = await server.Services.GetRequiredService<IResolutions>()
            .ResolveAsync(await server.CallerAsync(room.Ann), new(room.Id, true, "The bank says so.", DecisionChannel.Cli), default);
        (again.Refusal?.Code.Value).ShouldBe(state is ApprovalState.Unknown ? null : "already_settled");
        (await server.ApprovalAsync(room.Agent, room.Id)).State.ShouldBe(ApprovalState.Succeeded);
        room.Amounts.ShouldBe(["120"]);
        await ShouldBeSoundAsync(server);
    }

    private static async Task ShouldBeSoundAsync(TouchstageHost server)
    {
        (await server.Services.GetRequiredService<ILedger>().VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();
        (await server.NumberAsync("SELECT count(*) FROM approval_roles r JOIN approvals a ON a.Id = r.ApprovalId WHERE a.State <> 'Pending'")).ShouldBe(0);
        (await server.NumberAsync("SELECT count(*) FROM approvals a WHERE a.State = 'Pending' AND NOT EXISTS (SELECT 1 FROM approval_roles r WHERE r.ApprovalId = a.Id)")).ShouldBe(0);
        (await server.NumberAsync("SELECT count(*) FROM (SELECT 1 FROM steps WHERE ApprovalId IS NOT NULL GROUP BY ApprovalId HAVING count(*) > 1)")).ShouldBe(0);
    }

    /// <summary>A store in which one payment waits, and the processes that die on it.</summary>
    private sealed class Room : IAsyncDisposable
    {
        private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private FakeUpstream upstream = null!;
        private string terms = "";
        private Process? process;
        private bool killsOnArrival;

        public TouchstageHost First { get; private set; } = null!;

        public string Agent { get; private set; } = "";

        public string Ann { get; private set; } = "";

        public string Id { get; private set; } = "";

        /// <summary>What the upstream was told to pay.</summary>
        public IReadOnlyList<string> Amounts =>
            [.. upstream.Exchanges.Where(exchange => exchange.Method == "POST").Select(exchange => System.Text.Json.JsonElement.Parse(exchange.Body).GetProperty("amount").GetRawText())];

        private string BaseUrl => $"http://localhost:{upstream.Port}";

        public static async Task<Room> OpenAsync(string terms)
        {
            var room = new Room { terms = terms };
            room.upstream = FakeUpstream.Start(room.AnswerAsync);
            room.First = await TouchstageHost.StartAsync(room.BaseUrl, Manifest(terms, "/v1/payments"));
            (room.Agent, room.Ann) = (await room.First.AgentAsync(), await room.First.ApproverAsync(subject: "ann@example.com"));
            room.Id = await room.First.HeldAsync(room.Agent);
            return room;
        }

        /// <summary>Another process does something and is killed at a point of it.</summary>
        public async Task KillAsync(string point, string verb, string key, int minutes = 0, string path = "/v1/payments")
        {
            killsOnArrival = point is "upstream";
            await CrashProcess.RunAsync([First.Folder, BaseUrl, point, verb, key, Id, $"{minutes}", path, terms], child => process = child);
            (process, killsOnArrival) = (null, false);
            dead.TrySetResult();
        }

        /// <summary>A server that knows nothing of the dead one but its store.</summary>
        public async Task<TouchstageHost> RestartAsync(int minutes = 0, string path = "/v1/payments")
        {
            var server = await TouchstageHost.StartAsync(BaseUrl, Manifest(terms, path), First.Folder, services => services.AddSingleton<Safety.Egress.IHostResolver>(new HookedStores()));
            server.Time.Advance(TimeSpan.FromMinutes(minutes));
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await upstream.DisposeAsync();
        }

        // A connection a request, so that each has to be opened.
        private async Task AnswerAsync(FakeExchange exchange)
        {
            if (killsOnArrival && exchange.Method == "POST")
            {
                process!.Kill();
                await dead.Task.WaitAsync(exchange.Stopped);
                return;
            }

            await exchange.ReplyAsync(200, "application/json", exchange.Method == "GET" ? """{"open":true}""" : """{"id":"po_1"}""", "Connection: close");
            exchange.Close();
        }
    }
}

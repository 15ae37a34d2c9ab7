using System.Globalization;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>Two server processes share one store: what must happen once, or five times at most, does.</summary>
public sealed class TwoServersTests(TwoServersDeployment deployment) : IClassFixture<TwoServersDeployment>
{
    private const int Calls = 40;
    private const int Limit = 5;
    private const int MostPending = 20;

    [Fact]
    public async Task Of_forty_parallel_calls_a_limit_of_five_lets_five_through()
    {
        var session = await deployment.SessionAsync("acme", "agent", "inviter", "member");
        await using var first = await deployment.OnFirstAsync(session);
        await using var second = await deployment.OnSecondAsync(session);

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => (number % 2 == 0 ? first : second)
            .AnswerAsync("invite_member", new { email = string.Create(CultureInfo.InvariantCulture, $"many-{number}@acme.example"), role = "viewer" })));

        var invited = (await deployment.JournalAsync()).Where(entry => entry.Target == "/v1/invites" && entry.Status == 201).ToList();
        var completed = answers.Where(answer => answer.Text("status") == "completed").ToList();
        invited.Count.ShouldBe(Limit);
        completed.Select(answer => answer.Text("step")).Order(StringComparer.Ordinal).ShouldBe(invited.Select(entry => entry.Txn!).Order(StringComparer.Ordinal));
        answers.Count(answer => answer.Text("status") == "pending_approval").ShouldBe(MostPending);
        answers.Where(answer => answer.Text("status") == "refused").ShouldAllBe(answer => answer.Text("code") == "too_many_pending");
        answers.Count(answer => answer.Text("status") == "refused").ShouldBe(Calls - Limit - MostPending);
        await deployment.LedgerShouldBeSoundAsync();
    }

    [Fact]
    public async Task Of_many_deciders_at_once_one_decides_it_runs_once_and_the_others_are_told()
    {
        var requester = await deployment.SessionAsync("acme", "agent", "refunder", "member");
        var people = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => deployment.SessionAsync("acme", "approver", string.Create(CultureInfo.InvariantCulture, $"person-{number}"), "support")));
        await using var agent = await deployment.OnFirstAsync(requester);
        var id = await agent.HeldAsync("refund_user", new { payment_id = "pay_1004", amount = 120 });
        var parties = await Task.WhenAll(deployment.OnFirstAsync(people[0]), deployment.OnFirstAsync(people[1]), deployment.OnSecondAsync(people[2]), deployment.OnSecondAsync(people[3]));
        var codes = await Task.WhenAll(parties.Select(party => party.DecisionCodeAsync(id)));
        var shown = JsonElement.Parse((await deployment.RunAsync(["approvals", "show", id, "--json"], "", people[4].Key)).Output);
        await using var watch = await Watch.OnAsync(agent, $"touchstage://approvals/{id}");

        var said = await Task.WhenAll(
        [
            .. parties.Zip(codes, (party, code) => party.PromptAsync("approve", ("id", id), ("code", code))),
            .. people[4..].Select(person => OnTheCommandLineAsync(person, id, shown.Text("revision_digest"))),
        ]);

        said.Count(text => text.StartsWith("Recorded: you said yes", StringComparison.Ordinal)).ShouldBe(1, string.Join("\n---\n", said));
        var losers = said.Where(text => !text.StartsWith("Recorded", StringComparison.Ordinal)).ToList();
        losers.ShouldAllBe(text => text.Contains("already_decided", StringComparison.Ordinal));
        losers.ShouldAllBe(text => text.Contains("person-", StringComparison.Ordinal));
        var settled = await watch.UntilAsync("succeeded");
        var refunds = (await deployment.JournalAsync()).Where(entry => entry.Method == "POST" && entry.Target.Contains("pay_1004", StringComparison.Ordinal));
        refunds.Single().Txn.ShouldBe(settled.Text("step"));
        (await deployment.LedgerAsync("acme")).Count(entry => entry.Text("kind") == "step.recorded" && entry.Text("subject") == settled.Text("step")).ShouldBe(1);
        await deployment.LedgerShouldBeSoundAsync();
        foreach (var party in parties)
        {
            await party.DisposeAsync();
        }
    }

    private async Task<string> OnTheCommandLineAsync(SessionKey person, string id, string digest)
    {
        var run = await deployment.RunAsync(["approvals", "approve", id, "--revision", digest], "", person.Key);
        run.ExitCode.ShouldBe(run.Output.Length > 0 ? 0 : 1);
        return run.Output + run.Error;
    }
}

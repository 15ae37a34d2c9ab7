using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Policies;

/// <summary>What somebody does who has changed a manifest and wants to know what it would have changed.</summary>
public sealed class PolicySimulateTests(DecidedDeployment deployment) : IClassFixture<DecidedDeployment>
{
    private const string Allow = "args.amount < tenant.settings.auto_refund_limit && facts.customer.email_verified";

    [Fact]
    public async Task The_manifests_that_are_served_change_nothing_of_what_was_recorded()
    {
        var run = await deployment.RunOnAsync(deployment.Shipped, "policy", "simulate", "--since", "1d", "--fail-on", "any");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain(" 0 loosened, 0 tightened. 0 could not be replayed.");
    }

    [Fact]
    public async Task A_looser_rule_shows_every_call_that_it_would_let_through_and_fails_the_build_that_asks()
    {
        var looser = deployment.Candidate(Allow, "args.amount < 100.0");

        var run = await deployment.RunOnAsync(looser, "policy", "simulate", "--since", "1d", "--tenant", "acme", "--fail-on", "loosened", "--json");

        run.ExitCode.ShouldBe(1, run.Error);
        var report = JsonElement.Parse(run.Output);
        report.GetProperty("loosened").GetInt32().ShouldBe(3);
        var change = report.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        (change.Text("capability"), change.Text("from"), change.Text("to"), change.Text("direction")).ShouldBe(("refund_user", "blocked", "permitted", "loosened"));
        change.Text("by").ShouldStartWith("allow[0] args.amount < 100.0");
        change.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("arguments").GetProperty("amount").GetDouble()).ShouldBe([60, 70, 80.5]);
        (await deployment.RunOnAsync(looser, "policy", "simulate", "--since", "1d", "--fail-on", "tightened")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_stricter_rule_shows_the_call_that_it_would_have_held_without_what_is_sensitive_in_it()
    {
        var stricter = deployment.Candidate(Allow, "args.amount < 1.0");

        var run = await deployment.RunOnAsync(stricter, "policy", "simulate", "--since", "1d", "--tenant", "acme");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("refund_user: permitted -> blocked, tightened: 1 call");
        run.Output.ShouldNotContain("seen-by-nobody");
        run.Output.ShouldContain("\"card_note\":\"***\"");
        run.Output.ShouldContain("8 unchanged, 0 loosened, 1 tightened");
    }

    [Fact]
    public async Task A_candidate_that_does_not_load_and_a_tenant_that_is_not_there_are_told()
    {
        (await deployment.RunOnAsync(deployment.Candidate(Allow, "args.amout < 1.0"), "policy", "simulate")).Error.ShouldContain("'args' has no member 'amout'");
        (await deployment.RunOnAsync(deployment.Shipped, "policy", "simulate", "--tenant", "nobody")).ExitCode.ShouldBe(1);
        (await deployment.RunOnAsync(deployment.Shipped, "policy", "simulate", "--since", "soon")).ExitCode.ShouldBe(2);
    }
}

using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Policies;

/// <summary>What an operator does who wants to know which rule people's decisions come to.</summary>
public sealed class PolicySuggestTests(DecidedDeployment deployment) : IClassFixture<DecidedDeployment>
{
    [Fact]
    public async Task What_two_people_approved_is_a_patch_that_git_applies_that_checks_and_that_simulate_shows()
    {
        var candidate = deployment.Candidate("effects", "effects");
        var file = Path.Combine(deployment.Folder, "learnt.patch");

        var run = await deployment.RunOnAsync(candidate, "policy", "suggest", "--min", "3", "--capability", "refund_user", "--out", file);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("It covers 3 of 3 calls that people approved, and 0 of 1 that were decided otherwise.");
        run.Output.ShouldContain("Decided by sam@acme.example (2), kim@acme.example (1); asked for by helper (3).");
        run.Output.ShouldContain("nobody has yet said yes to a rule");
        (run.Output + await File.ReadAllTextAsync(file)).ShouldNotContain("seen-by-nobody");

        (await Command.RunAsync(Command.Of("git", ["apply", "--verbose", file], folder: deployment.Folder))).ExitCode.ShouldBe(0);
        (await deployment.RunOnAsync(candidate, "check")).ExitCode.ShouldBe(0);
        var simulated = JsonElement.Parse((await deployment.RunOnAsync(candidate, "policy", "simulate", "--tenant", "acme", "--json")).Output);

        // The call that needed nobody counts in the suggested limit too, so the third of the day would wait again.
        simulated.GetProperty("loosened").GetInt32().ShouldBe(2);
        simulated.GetProperty("changes").EnumerateArray().Single().Text("by").ShouldContain("args.amount <= 80.5");
    }

    [Fact]
    public async Task Too_little_to_learn_from_is_said_and_no_file_is_written()
    {
        var file = Path.Combine(deployment.Folder, "nothing.patch");

        var run = await deployment.RunOnAsync(deployment.Shipped, "policy", "suggest", "--out", file);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("refund_user: no allow is suggested: 3 call(s) of 3 that people approved");
        File.Exists(file).ShouldBeFalse();
        (await deployment.RunOnAsync(deployment.Shipped, "policy", "suggest", "--min", "0")).ExitCode.ShouldBe(2);
    }
}

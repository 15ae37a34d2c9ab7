using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Policies.Suggestions;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Policies.Simulation;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies.Suggestions;

public sealed class PolicySuggesterTests
{
    [Fact]
    public async Task What_two_people_approved_becomes_a_patch_that_loads_and_lets_such_calls_through()
    {
        await using var scene = await Scene.StartAsync();
        var second = await scene.Host.ApproverAsync(subject: "kim@example.com");
        foreach (var (amount, at) in ((double[])[60, 70.5, 90]).Select((amount, at) => (amount, at)))
        {
            await DecideAsync(scene, amount, at == 1 ? second : scene.Approver, VoteDecision.Approve);
        }

        await DecideAsync(scene, 300, second, VoteDecision.Reject);
        await scene.PayAsync(80);

        var suggestion = (await SuggestAsync(scene)).Suggestions.ShouldHaveSingleItem();

        suggestion.Condition.ShouldBe("args.amount <= 90.0 && !has(args.pin) && \"member\" in caller.roles && tenant.id == \"acme\"");
        (suggestion.Effect, suggestion.Limit, suggestion.Covered, suggestion.Of, suggestion.HeldAgainst).ShouldBe(("allow", "count 3 per 1d by caller", 3, 3, 1));
        suggestion.Deciders.ShouldBe([new("boss@example.com", 2), new("kim@example.com", 1)]);
        suggestion.Requesters.ShouldBe([new("agent@example.com", 3)]);
        suggestion.Unrestricted.ShouldBe(["args.to"]);
        // The fourth such call of the day is beyond the limit that goes with it.
        suggestion.Changed.ShouldBe(3);
        suggestion.Patch.ShouldStartWith("diff --git a/pay.yaml b/pay.yaml\n");
        suggestion.Patch.ShouldContain("+  - allow: 'args.amount <= 90.0 && ");
        suggestion.Patch.ShouldContain("+    limits: [{ count: 3, per: 1d, by: [caller] }]\n");
        suggestion.Patch.ShouldContain("+    expect: allow\n");
    }

    [Fact]
    public async Task One_person_alone_the_requesters_own_other_names_and_too_few_calls_teach_nothing()
    {
        await using var scene = await Scene.StartAsync();
        for (var call = 0; call < 3; call++)
        {
            await DecideAsync(scene, 60 + call, scene.Approver, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene)).ShouldBe("1 person(s) decided the 3 calls; 2 different people are needed");
        Reason(await SuggestAsync(scene, least: 4, people: 1)).ShouldBe("3 call(s) of 3 that people approved are still held by the rules and can be replayed; 4 are needed");
        (await SuggestAsync(scene, people: 1)).Suggestions.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Two_sessions_of_one_person_are_one_person()
    {
        await using var scene = await Scene.StartAsync();
        var alias = await scene.Host.KeyAsync(SessionKind.Approver, "alias@example.com", person: "boss@example.com");
        foreach (var (approver, at) in new[] { scene.Approver, alias, scene.Approver }.Select((approver, at) => (approver, at)))
        {
            await DecideAsync(scene, 60 + at, approver, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene)).ShouldStartWith("1 person(s) decided");
    }

    [Fact]
    public async Task What_a_person_made_of_a_call_is_approved_and_what_was_asked_is_rejected()
    {
        await using var scene = await Scene.StartAsync();
        for (var call = 0; call < 3; call++)
        {
            var held = await scene.PayAsync(90 + call);
            (await scene.Host.ModifyAsync(scene.Approver, held.Approval!.Id, $$"""{"amount":{{60 + call}}}""")).TryGet(out _, out var refusal).ShouldBeTrue(refusal?.ToString());
        }

        var suggestion = (await SuggestAsync(scene, people: 1)).Suggestions.ShouldHaveSingleItem();

        suggestion.Condition.ShouldStartWith("args.amount <= 62.0 && ");
        // What was asked stays out, but a person may still change it: that is no forbid.
        suggestion.HeldAgainst.ShouldBe(3);
    }

    [Fact]
    public async Task Calls_that_a_review_rule_holds_would_not_be_let_through_by_an_allow()
    {
        await using var scene = await Scene.StartAsync();
        for (var call = 0; call < 3; call++)
        {
            await DecideAsync(scene, 600 + call, scene.Approver, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldBe("of 3 calls that it covers, only 0 would be decided by it: another rule holds or forbids the rest");
    }

    [Fact]
    public async Task What_the_manifests_own_tests_say_is_not_overruled()
    {
        await using var scene = await Scene.StartAsync(more: """
            tests:
              - name: ninety waits for a person
                args: { to: ann, amount: 90 }
                caller: { roles: [member] }
                expect: review
            """);
        foreach (var amount in (double[])[85, 90, 95])
        {
            await DecideAsync(scene, amount, scene.Approver, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldBe("the manifest's own test 'ninety waits for a person' would fail: it expects review, and would come to allow");
    }

    [Fact]
    public async Task Nothing_destructive_is_suggested_by_arguments_alone_where_a_role_could_say_more()
    {
        await using var scene = await Scene.StartAsync();
        var (lead, member) = (await scene.Host.AgentAsync(subject: "lead@example.com", roles: ["lead"]), scene.Agent);
        foreach (var (agent, at) in new[] { lead, member, lead }.Select((agent, at) => (agent, at)))
        {
            var held = await scene.Host.CallAsync(agent, "pay", new { to = $"x{at}", amount = 60 });
            await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldStartWith("the capability is destructive, and the approved calls have no fact and no role in common");
    }

    [Fact]
    public async Task Nothing_destructive_is_suggested_by_arguments_alone_where_a_fact_could_say_more()
    {
        const string Fact = """facts: { customer: { path: "/v1/customers/{to}", output: { type: object, required: [tier], properties: { tier: { type: string } } } } }""";
        await using var scene = await Scene.StartAsync("  - allow: args.amount < 50.0 && facts.customer.tier == 'gold'", Fact);
        var agent = await scene.Host.AgentAsync(subject: "no.role@example.com");
        for (var call = 0; call < 3; call++)
        {
            var held = await scene.Host.CallAsync(agent, "pay", new { to = $"x{call}", amount = 60 });
            await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldStartWith("the capability is destructive, and the approved calls have no fact and no role in common");
    }

    [Fact]
    public async Task Nothing_destructive_is_suggested_where_the_approved_calls_bound_no_argument()
    {
        // Up to the schema's own maximum, so that there is no bound to take from them.
        await using var scene = await Scene.StartAsync("  - allow: args.amount < 50.0");
        foreach (var amount in (double[])[60, 70, 5000])
        {
            await DecideAsync(scene, amount, scene.Approver, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldBe("the capability is destructive, and the approved calls have no bounded argument in common");
    }

    [Fact]
    public async Task Nothing_is_suggested_where_the_approved_calls_have_nothing_in_common_but_whose_they_are_and_what_is_not_in_them()
    {
        await using var scene = await Scene.StartAsync("  - allow: args.amount < 50.0", effects: "additive");
        var agent = await scene.Host.AgentAsync(subject: "no.role@example.com");
        foreach (var amount in (int[])[60, 70, 5000])
        {
            var held = await scene.Host.CallAsync(agent, "pay", new { to = $"x{amount}", amount });
            await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve);
        }

        Reason(await SuggestAsync(scene, people: 1)).ShouldBe("the approved calls have nothing in common that a rule could say");
    }

    [Fact]
    public async Task No_forbid_is_suggested_that_bounds_no_argument()
    {
        // Down to the schema's own minimum.
        await using var scene = await Scene.StartAsync("  - allow: args.amount > 4000.0", amount: "type: number, minimum: 60, maximum: 5000");
        foreach (var amount in (double[])[60, 70, 80])
        {
            await DecideAsync(scene, amount, scene.Approver, VoteDecision.Reject);
        }

        Reason(await SuggestAsync(scene, people: 1), "forbid").ShouldBe("the rejected calls have no bounded argument in common, so the rule would forbid nearly everything");
    }

    [Fact]
    public async Task What_people_only_ever_rejected_becomes_a_forbid()
    {
        await using var scene = await Scene.StartAsync();
        foreach (var amount in (double[])[300, 310, 320])
        {
            await DecideAsync(scene, amount, scene.Approver, VoteDecision.Reject);
        }

        await DecideAsync(scene, 60, scene.Approver, VoteDecision.Approve);

        var suggestion = (await SuggestAsync(scene, people: 1)).Suggestions.ShouldHaveSingleItem();

        (suggestion.Effect, suggestion.Limit).ShouldBe(("forbid", null));
        suggestion.Condition.ShouldStartWith("args.amount >= 300.0 && ");
        suggestion.Patch.ShouldContain("+    expect: forbid\n");
        suggestion.Changed.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_of_what_the_model_said_and_nothing_sensitive_is_in_it()
    {
        await using var scene = await Scene.StartAsync();
        for (var call = 0; call < 3; call++)
        {
            var held = await scene.Host.CallAsync(scene.Agent, "pay", new { to = $"a{call}", amount = 60, pin = "canary-pin", _reasoning = "canary-reasoning", _user_request = "canary-request" });
            await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve, "canary-vote");
        }

        var suggestion = (await SuggestAsync(scene, people: 1)).Suggestions.ShouldHaveSingleItem();

        (suggestion.Condition + suggestion.Patch + string.Concat(suggestion.Examples.Select(call => call.Arguments))).ShouldNotContain("canary");
        suggestion.Condition.ShouldContain("has(args.pin)");
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_is_refused()
    {
        await using var scene = await Scene.StartAsync();

        var suggestions = scene.Host.Services.GetRequiredService<IPolicySuggestions>();

        (await suggestions.SuggestAsync(new(TouchstageHost.TenantOf("nobody"), null, TimeSpan.FromDays(1), 1, 1, ""), default)).Refusal!.Code.ShouldBe(TenantRefusals.Unknown);
    }

    private static string Reason(SuggestionReport report, string effect = "allow")
    {
        report.Suggestions.ShouldBeEmpty();
        return report.None.Single(none => none.Effect == effect).Reason;
    }

    private static async Task DecideAsync(Scene scene, double amount, string approver, VoteDecision vote)
    {
        var held = await scene.PayAsync(amount);
        (await scene.Host.DecideAsync(approver, held.Approval!.Id, vote, "because")).TryGet(out _, out var refusal).ShouldBeTrue(refusal?.ToString());
    }

    private static async Task<SuggestionReport> SuggestAsync(Scene scene, int least = 3, int people = 2) =>
        (await scene.Host.Services.GetRequiredService<IPolicySuggestions>().SuggestAsync(new(null, null, TimeSpan.FromDays(90), least, people, ""), default)).TryGet(out var report, out var refusal)
            ? report
            : throw new InvalidOperationException(refusal.ToString());
}

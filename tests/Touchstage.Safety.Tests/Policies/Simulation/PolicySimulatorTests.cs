using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies.Simulation;

public sealed class PolicySimulatorTests
{
    private const string AsksElse = "the fact customer asks something else now";

    [Fact]
    public async Task The_same_manifests_change_nothing_of_what_was_permitted_held_approved_and_forbidden()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20, pin: "canary");
        var held = await scene.PayAsync(70);
        await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve);
        await scene.Host.DoDueWorkAsync();
        await scene.PayAsync(2000);

        var report = await scene.SimulateAsync(Scene.Manifest());

        (report.Replayed, report.Unchanged, report.NotReplayable).ShouldBe((4, 4, 0));
        report.Tenants.ShouldBe(["acme", "globex"]);
    }

    [Theory]
    [InlineData("allow: args.amount < 80.0", 70, CallDecision.Blocked, CallDecision.Permitted, "allow[0] args.amount < 80.0")]
    [InlineData("allow: args.amount < 10.0", 20, CallDecision.Permitted, CallDecision.Blocked, "no longer: allow[0] args.amount < 50.0")]
    [InlineData("forbid: args.amount > 60.0", 70, CallDecision.Blocked, CallDecision.Forbidden, "forbid[0] args.amount > 60.0")]
    [InlineData("review: args.amount > 10.0", 20, CallDecision.Permitted, CallDecision.Blocked, "review[0] args.amount > 10.0")]
    [InlineData("forbid: args.amount > 2500.0", 2000, CallDecision.Forbidden, CallDecision.Blocked, "no longer: forbid[2] args.amount > 1000.0")]
    [InlineData("allow: args.amount > 1500.0", 2000, CallDecision.Forbidden, CallDecision.Permitted, "allow[0] args.amount > 1500.0")]
    public async Task A_changed_rule_is_named_with_the_calls_that_it_decides_otherwise(string rule, double amount, CallDecision from, CallDecision to, string cause)
    {
        await using var scene = await Scene.StartAsync();
        var call = await scene.PayAsync(amount);

        var report = await scene.SimulateAsync(Scene.Manifest($"  - {rule}"));

        var change = report.Changes.ShouldHaveSingleItem();
        (change.Capability, change.From, change.To, change.Cause, change.IsLoosened).ShouldBe(("pay", from, to, cause, to > from));
        (report.Loosened, report.Tightened).ShouldBe(to > from ? (1, 0) : (0, 1));
        change.Calls.ShouldHaveSingleItem().Arguments.ShouldBe($$"""{"amount":{{amount}},"to":"ann0"}""");
        change.Calls[0].Id.ShouldBe(call.StepId ?? call.Approval?.Id ?? "pay");
    }

    [Fact]
    public async Task A_lower_count_holds_the_calls_that_it_would_have_held_and_those_do_not_count_themselves()
    {
        await using var scene = await Scene.StartAsync();
        foreach (var minutes in (int[])[0, 20, 20, 31])
        {
            scene.Host.Time.Advance(TimeSpan.FromMinutes(minutes));
            (await scene.PayAsync(20)).StepId.ShouldNotBeNull();
        }

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - allow: args.amount < 50.0
                limits: [{ count: 2, per: 1h, by: [caller] }]
              - forbid: args.amount > 1000.0
            """));

        // The third is held; the fourth comes 71 minutes after the first, when only the second and fourth count.
        var change = report.Changes.ShouldHaveSingleItem();
        change.Cause.ShouldBe("limit spent: count 2 per 1h by caller");
        change.Calls.ShouldHaveSingleItem().Arguments.ShouldContain("ann2");
    }

    [Fact]
    public async Task Limits_are_as_full_as_what_came_before_the_period_left_them()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);
        await scene.PayAsync(20);
        scene.Host.Time.Advance(TimeSpan.FromMinutes(50));
        await scene.PayAsync(20);

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - allow: args.amount < 50.0
                limits: [{ count: 2, per: 1h, by: [caller] }]
            """), since: TimeSpan.FromMinutes(10));

        report.Replayed.ShouldBe(1);
        report.Tightened.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_surely_never_reached_the_product_gives_its_limit_back_in_the_replay_too()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Host.Services.GetRequiredService<ISecretAdministration>().RemoveAsync(TouchstageHost.TenantOf("acme"), "billing", default);
        (await scene.PayAsync(20)).Status.ShouldBe(ActionStatus.Failed);
        await scene.Host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), "billing", "secret-of-acme", default);
        await scene.PayAsync(20);
        await scene.PayAsync(20);

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - allow: args.amount < 50.0
                limits: [{ count: 2, per: 1h, by: [caller] }]
            """));

        (report.Replayed, report.Unchanged).ShouldBe((3, 3));
    }

    [Fact]
    public async Task A_call_that_the_candidate_lets_through_uses_the_candidates_limits()
    {
        await using var scene = await Scene.StartAsync();
        for (var call = 0; call < 4; call++)
        {
            (await scene.PayAsync(70)).Approval.ShouldNotBeNull();
        }

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - allow: args.amount < 80.0
                limits: [{ count: 3, per: 1h, by: [caller] }]
            """));

        (report.Loosened, report.Unchanged).ShouldBe((3, 1));
    }

    [Fact]
    public async Task Arguments_that_no_longer_fit_would_be_refused()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);

        var change = (await scene.SimulateAsync(Scene.Manifest("  - allow: args.amount < 5.0", amount: "type: number, exclusiveMinimum: 0, maximum: 10"))).Changes.ShouldHaveSingleItem();

        (change.From, change.To, change.Cause).ShouldBe((CallDecision.Permitted, CallDecision.Forbidden, "invalid arguments: /amount maximum"));
    }

    [Fact]
    public async Task A_capability_that_is_gone_would_be_refused()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);

        var change = (await scene.SimulateAsync(Scene.Manifest(name: "pay_out"))).Changes.ShouldHaveSingleItem();

        (change.To, change.Cause).ShouldBe((CallDecision.Forbidden, "the candidate does not have the capability"));
    }

    [Fact]
    public async Task A_fact_that_nobody_asked_for_is_not_guessed()
    {
        const string Fact = """
            facts:
              customer: { path: "/v1/customers/{to}", output: { type: object, required: [score], properties: { score: { type: integer } } } }
            """;
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);
        await scene.PayAsync(2000);

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - allow: facts.customer.score > 3
              - forbid: args.amount > 1000.0
            """, Fact));

        // What is forbidden whatever the fact says is replayed.
        report.NotReplayed.ShouldHaveSingleItem().Reason.ShouldBe("the fact customer was not recorded: no rule asked for it then");
        (report.Replayed, report.Unchanged, report.NotReplayable).ShouldBe((1, 1, 1));
    }

    [Theory]
    [InlineData("path: '/v1/customers/{to}'", "score: { type: integer }", 6, null)]
    [InlineData("path: '/v1/customers/{to}'", "score: { type: integer, maximum: 5 }", 4, null)]
    [InlineData("path: '/v1/people/{to}'", "score: { type: integer }", 6, AsksElse)]
    [InlineData("path: '/v1/customers/{to}', query: { of: '{to}' }", "score: { type: integer }", 6, AsksElse)]
    [InlineData("path: '/v1/customers/{to}', headers: { X-Of: '{to}' }", "score: { type: integer }", 6, AsksElse)]
    [InlineData("path: '/v1/customers/{to}'", "score: { type: integer }", 6, AsksElse, "workspace")]
    public async Task A_recorded_fact_answers_only_the_very_look_up_that_was_made(string asked, string output, int above, string? reason, string connection = "billing")
    {
        static string Fact(string asked, string output) =>
            $$"""facts: { customer: { {{asked}}, output: { type: object, required: [score], properties: { {{output}}, tier: { type: string } } } } }""";

        await using var scene = await Scene.StartAsync("  - allow: facts.customer.score > 3", Fact("path: '/v1/customers/{to}'", "score: { type: integer }"));
        (await scene.PayAsync(20)).StepId.ShouldNotBeNull();

        var candidate = Scene.Manifest($"  - allow: facts.customer.score > {above}", Fact(asked, output)).Replace("connection: billing", $"connection: {connection}", StringComparison.Ordinal);
        var report = await scene.SimulateAsync(candidate);

        report.NotReplayed.FirstOrDefault()?.Reason.ShouldBe(reason);
        report.NotReplayable.ShouldBe(reason is null ? 0 : 1);
        report.Tightened.ShouldBe(output.Contains("maximum", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public async Task An_approved_call_that_a_new_forbid_would_stop_at_its_execution_is_told_once()
    {
        await using var scene = await Scene.StartAsync();
        var held = await scene.PayAsync(70);
        await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Approve);
        scene.Host.Time.Advance(TimeSpan.FromHours(1));
        await scene.Host.DoDueWorkAsync();

        var report = await scene.SimulateAsync(Scene.Manifest("""
              - forbid: now >= timestamp("2026-03-01T12:30:00Z")
            """));

        var change = report.Changes.ShouldHaveSingleItem();
        (change.From, change.To).ShouldBe((CallDecision.Blocked, CallDecision.Forbidden));
        change.Calls.ShouldHaveSingleItem().Id.ShouldStartWith("stp_");
    }

    [Fact]
    public async Task What_people_had_answered_already_is_compared_by_what_policy_said()
    {
        await using var scene = await Scene.StartAsync();
        var held = await scene.Host.CallAsync(scene.Agent, "pay", new { to = "ann", amount = 70 });
        await scene.Host.DecideAsync(scene.Approver, held.Approval!.Id, VoteDecision.Reject, "No");
        (await scene.Host.CallAsync(scene.Agent, "pay", new { to = "ann", amount = 70 })).Code.ShouldBe("rejected");

        (await scene.SimulateAsync(Scene.Manifest())).Unchanged.ShouldBe(2);
        (await scene.SimulateAsync(Scene.Manifest("  - allow: args.amount < 80.0"))).Loosened.ShouldBe(2);
    }

    [Fact]
    public async Task Sensitive_values_are_shown_by_nothing_also_where_only_the_candidate_calls_them_so()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(70, pin: "canary");

        var candidate = Scene.Manifest("  - allow: args.amount < 80.0").Replace("to: { type: string, maxLength: 40 }", "to: { type: string, maxLength: 40, x-sensitive: true }", StringComparison.Ordinal)
            .Replace(" to {to}", "", StringComparison.Ordinal).Replace("/v1/payments/{to}", "/v1/payments", StringComparison.Ordinal);
        var call = (await scene.SimulateAsync(candidate)).Changes.ShouldHaveSingleItem().Calls.ShouldHaveSingleItem();

        call.Arguments.ShouldBe("""{"amount":70,"pin":"***","to":"***"}""");
    }

    [Fact]
    public async Task What_was_sensitive_when_it_was_recorded_stays_hidden_where_the_candidate_calls_it_so_no_more()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(70, pin: "canary");

        var candidate = Scene.Manifest("  - allow: args.amount < 80.0").Replace("pin: { type: string, x-sensitive: true }", "pin: { type: string }", StringComparison.Ordinal);
        var call = (await scene.SimulateAsync(candidate)).Changes.ShouldHaveSingleItem().Calls.ShouldHaveSingleItem();

        call.Arguments.ShouldBe("""{"amount":70,"pin":"***","to":"ann0"}""");
    }

    [Fact]
    public async Task A_record_that_does_not_come_out_as_recorded_is_counted_nowhere_else()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);
        var digest = CapabilityDigest(scene);
        // As if the version that decided had been another: its row is exchanged for one that its digest does not name.
        await WriteAsync(scene, $"UPDATE manifests SET CanonicalJson = replace(CanonicalJson, 'args.amount < 50.0', 'args.amount < 10.0') WHERE Digest = '{digest}'");

        var report = await scene.SimulateAsync(Scene.Manifest());

        report.NotReplayed.ShouldHaveSingleItem().Reason.ShouldBe("the manifest version that decided is not kept, or does not load any more");
        (report.Replayed, report.Unchanged).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_decision_that_the_version_it_names_does_not_make_is_not_replayable() => (await ReplayForgedAsync(
        20, call => call.Kind is RecordedCallKind.Permitted ? call with { Kind = RecordedCallKind.Refused } : call))
        .ShouldBe("the record does not replay: recorded as forbidden, replays as permitted");

    [Fact]
    public async Task A_decision_that_the_version_it_names_makes_for_other_reasons_is_not_replayable() => (await ReplayForgedAsync(
        70, call => call.Kind is RecordedCallKind.Held ? call with { Reasons = ["review:review[1]"] } : call))
        .ShouldBe("the record does not replay: it replays for other reasons");

    [Fact]
    public async Task A_payload_that_does_not_open_and_one_that_is_gone_have_their_own_reasons()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);
        await WriteAsync(scene, "UPDATE ledger SET Box = zeroblob(length(Box)) WHERE Kind = 'step.recorded'");
        (await scene.SimulateAsync(Scene.Manifest())).NotReplayed.ShouldHaveSingleItem().Reason.ShouldBe("its sealed payload does not open");

        await WriteAsync(scene, "UPDATE ledger SET Box = NULL WHERE Kind = 'step.recorded'");
        (await scene.SimulateAsync(Scene.Manifest())).NotReplayed.ShouldHaveSingleItem().Reason.ShouldBe("masked: nothing is left but what anybody may read");
    }

    [Fact]
    public async Task A_shredded_tenants_calls_are_told_as_such()
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(20);
        await scene.Host.Services.GetRequiredService<ITenantAdministration>().DeleteAsync(TouchstageHost.TenantOf("acme"), shred: true, default);

        (await scene.SimulateAsync(Scene.Manifest())).NotReplayed.ShouldHaveSingleItem().Reason.ShouldBe("shredded: the tenant's keys were destroyed");
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_is_refused_and_a_candidate_that_does_not_load_replays_nothing()
    {
        await using var scene = await Scene.StartAsync();
        var simulation = scene.Host.Services.GetRequiredService<IPolicySimulation>();

        (await simulation.SimulateAsync(new(scene.Candidate(Scene.Manifest()), TouchstageHost.TenantOf("nobody"), TimeSpan.FromDays(1)), default)).Refusal!.Code.ShouldBe(TenantRefusals.Unknown);
        (await scene.SimulateAsync(Scene.Manifest("  - allow: args.amout < 1.0"))).Problems.ShouldNotBeEmpty();
    }

    /// <summary>Why a payment whose record was forged is not replayed.</summary>
    private static async Task<string> ReplayForgedAsync(double amount, Func<RecordedCall, RecordedCall> forge)
    {
        await using var scene = await Scene.StartAsync();
        await scene.PayAsync(amount);
        var history = new ForgedHistory(scene.Host.Services.GetRequiredService<IDecisionHistory>(), forge);
        var simulator = new PolicySimulator(history, scene.Host.Services.GetRequiredService<IManifestStore>(), scene.Host.Time);

        (await simulator.SimulateAsync(new(scene.Candidate(Scene.Manifest()), null, TimeSpan.FromDays(1)), default)).TryGet(out var report, out _).ShouldBeTrue();

        report!.Replayed.ShouldBe(0);
        return report.NotReplayed.ShouldHaveSingleItem().Reason;
    }

    private static string CapabilityDigest(Scene scene) =>
        scene.Host.Services.GetRequiredService<Catalog>().Current.Capabilities["pay"].Manifest.Digest;

    private static async Task WriteAsync(Scene scene, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={scene.Host.StorePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}

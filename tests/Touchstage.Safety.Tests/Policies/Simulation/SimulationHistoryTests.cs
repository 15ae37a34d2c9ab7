using CsCheck;
using Touchstage.Safety.Approvals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies.Simulation;

/// <summary>Whatever was recorded, the rules that decided it decide it again.</summary>
public sealed class SimulationHistoryTests
{
    private const string Rules = """
          - allow: args.amount < 50.0 && facts.customer.score > 3
            limits:
              - { count: 2, per: 1h, by: [caller] }
              - { sum: args.amount, max: 90, per: 2h, by: [tenant], hard: true }
          - allow: args.amount < 20.0
            limits: [{ sum: args.amount, max: 30, per: 30m, by: [caller], then: refuse }]
          - review: args.amount > 500.0 && facts.customer.tier == "gold"
          - forbid: args.amount > 1000.0
        """;

    private const string Facts = """
        facts:
          customer: { path: "/v1/customers/{to}", output: { type: object, required: [score, tier], properties: { score: { type: integer }, tier: { type: string } } } }
        """;

    private static readonly double[] Amounts = [5, 15, 19.9, 30, 49, 60, 600, 2000];

    [Fact]
    public Task The_same_manifests_change_nothing_of_any_history() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Amounts.Length - 1]).List[4, 24].SampleAsync(PlayAsync, iter: 12, threads: 1);

    private static async Task PlayAsync(List<(int Verb, int What)> history)
    {
        await using var scene = await Scene.StartAsync(Rules, Facts);
        var waiting = new List<string>();
        foreach (var (verb, what) in history)
        {
            switch (verb)
            {
                case 6 when waiting.Count > 0:
                    await scene.Host.DecideAsync(scene.Approver, Take(waiting, what), VoteDecision.Approve);
                    break;
                case 7 when waiting.Count > 0:
                    await scene.Host.DecideAsync(scene.Approver, Take(waiting, what), VoteDecision.Reject, "No");
                    break;
                case 8 when waiting.Count > 0:
                    await scene.Host.ModifyAsync(scene.Approver, Take(waiting, what), """{"amount":12.5}""");
                    break;
                case 9:
                    scene.Host.Time.Advance(TimeSpan.FromMinutes(7 * (what + 1)));
                    await scene.Host.DoDueWorkAsync();
                    break;
                default:
                    if ((await scene.PayAsync(Amounts[what])).Approval is { } held)
                    {
                        waiting.Add(held.Id);
                    }

                    break;
            }
        }

        await scene.Host.DoDueWorkAsync();
        var report = await scene.SimulateAsync(Scene.Manifest(Rules, Facts));

        report.Changes.ShouldBeEmpty();
        report.NotReplayed.ShouldBeEmpty();
        report.Replayed.ShouldBeGreaterThanOrEqualTo(history.Count(one => one.Verb < 6));
    }

    private static string Take(List<string> waiting, int what)
    {
        var id = waiting[what % waiting.Count];
        waiting.Remove(id);
        return id;
    }
}

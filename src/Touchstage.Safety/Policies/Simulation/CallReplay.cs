using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>Judges a recorded call by rules, with nothing but what was recorded. Pure.</summary>
/// <param name="scope">The capability as the tenant has it: the rules that judge.</param>
/// <param name="recordedUnder">The version of the capability that asked for the recorded facts.</param>
/// <param name="settings">The settings that conditions read.</param>
internal sealed class CallReplay(TenantScope scope, Capability recordedUnder, JsonElement settings)
{
    // What of a fact's declaration decides what is asked.
    private static readonly string[] Asked = ["path", "query", "headers"];

    /// <summary>The ruling before any limit is asked, or the reason for which there is none.</summary>
    public (Ruling? Ruling, string? NotReplayable) Judge(CanonicalJson arguments, RecordedJudgement judged)
    {
        var capability = scope.Capability;
        var problems = capability.Input.Validate(arguments);
        if (!problems.IsEmpty)
        {
            return (Ruling.Refused($"invalid arguments: {string.Join(", ", problems.Select(problem => $"{problem.Path} {problem.Rule}").Distinct(StringComparer.Ordinal))}"), null);
        }

        if (!capability.Request.Render(scope.Connection.BaseUrl, arguments).TryGet(out _, out _))
        {
            return (Ruling.Refused("invalid arguments: they make no request"), null);
        }

        var input = new PolicyInput(
            capability, arguments, judged.Subject, judged.Roles, judged.Client, scope.Tenant.Id.Value, settings, judged.At, ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal));
        var weighing = Guardrails.Weigh(scope.Rules, input);
        while (!weighing.Needs.IsEmpty)
        {
            foreach (var name in weighing.Needs)
            {
                if (Recorded(name, judged) is not { } answer)
                {
                    return (null, NotRecorded(name, judged));
                }

                input = input with { Facts = input.Facts.Add(name, answer) };
            }

            weighing = Guardrails.Weigh(scope.Rules, input);
        }

        return (Rule(weighing, PolicyVerdict.Of(weighing, input, judged.PrincipalKey, scope.Limits)), null);
    }

    /// <summary>The ruling once limits are asked.</summary>
    public Ruling Limit(Ruling ruling, LimitHistory limits, DateTimeOffset at)
    {
        if (ruling.Decision is not CallDecision.Permitted)
        {
            return ruling;
        }

        var (candidate, spent) = limits.Choose([.. ruling.Permitting.Select(permitting => permitting.Uses)], at, isApproved: false);
        if (spent is null)
        {
            return ruling with { Uses = ruling.Permitting[candidate].Uses, PermittedBy = ruling.Permitting[candidate].Rule.Id };
        }

        var decision = spent.RefusesInsteadOfBlocking || scope.Capability.Approval is null ? CallDecision.Forbidden : CallDecision.Blocked;
        return ruling with { Decision = decision, Reasons = [$"{PolicyRefusals.LimitSpent.Value}:{spent.Label}"], Uses = [], Why = $"limit spent: {spent.Label}" };
    }

    private Ruling Rule(Weighing weighing, PolicyVerdict verdict)
    {
        var decision = verdict.Verdict switch
        {
            Verdict.Permitted => CallDecision.Permitted,
            Verdict.Blocked when scope.Capability.Approval is not null => CallDecision.Blocked,
            _ => CallDecision.Forbidden,
        };
        return new(decision, verdict.Reasons, weighing.Findings, verdict.Permitting, verdict.Counted, verdict.UnmeasuredHardLimit is { } limit ? $"limit cannot be worked out: {limit}" : null);
    }

    // Invariant: an answer stands only for the very look-up that gave it; what another look-up would have answered nobody knows.
    private FactAnswer? Recorded(string name, RecordedJudgement judged)
    {
        if (!judged.Facts.TryGetValue(name, out var answer) || !AsksTheSame(name))
        {
            return null;
        }

        var (now, then) = (Output(scope.Capability, name), Output(recordedUnder, name));
        if (now == then)
        {
            return answer;
        }

        return answer.Value is { } value
            ? scope.Capability.Facts[name].Output.Validate(value) is [var problem, ..] ? new(null, $"{problem.Path} {problem.Message}", null) : answer
            : null;
    }

    private string NotRecorded(string name, RecordedJudgement judged) => !judged.Facts.ContainsKey(name) ? $"the fact {name} was not recorded: no rule asked for it then"
        : AsksTheSame(name) ? $"the fact {name} failed, and is read by another schema now"
        : $"the fact {name} asks something else now";

    private bool AsksTheSame(string name) =>
        scope.Capability.Connection == recordedUnder.Connection
        && recordedUnder.Facts.ContainsKey(name)
        && Asked.All(part => Part(scope.Capability, name, part) == Part(recordedUnder, name, part));

    private static string? Output(Capability capability, string name) => Part(capability, name, "output");

    private static string? Part(Capability capability, string name, string part) =>
        capability.Manifest.Root.GetProperty("facts").TryGetProperty(name, out var fact) && fact.TryGetProperty(part, out var value) ? value.GetRawText() : null;
}

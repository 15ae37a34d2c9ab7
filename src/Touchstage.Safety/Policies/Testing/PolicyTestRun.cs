using System.Globalization;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>Runs the policy tests of capabilities, and counts what they make of every rule.</summary>
internal sealed class PolicyTestRun(CatalogDirectory directory) : IPolicyTests
{
    /// <inheritdoc/>
    public PolicyTestReport Run(params IReadOnlyCollection<string> only)
    {
        var reports = (CatalogLoader.Load(directory.Path).Capabilities?.Values ?? [])
            .Where(capability => only.Count == 0 || only.Contains(capability.Name, StringComparer.Ordinal))
            .Select(Run)
            .ToArray();
        return new([.. reports.SelectMany(report => report.Results)], [.. reports.SelectMany(report => report.Rules)]);
    }

    /// <summary>Runs all tests of a capability.</summary>
    public static PolicyTestReport Run(Capability capability)
    {
        var coverage = new RuleCounts(capability);
        PolicyTestResult[] results = [.. capability.Tests.Select(test => Run(capability, test, coverage)), .. (capability.Verify?.Tests ?? []).Select(test => Run(capability, test))];
        return new(results, coverage.Tallies());
    }

    private static PolicyTestResult Run(Capability capability, PolicyTest test, RuleCounts coverage)
    {
        var calls = new TestedCalls(capability, test);
        PolicyTestResult? result = null;
        foreach (var (index, call) in test.Calls.Index())
        {
            var outcome = calls.Make(call);
            var made = 1;
            for (; made < call.Times && outcome.Meets(call.Expect, call.Reason); made++)
            {
                outcome = calls.Make(call);
            }

            coverage.Count(call, outcome.Findings);

            // The first call that fails is what failed; those after it only go on to show their rules.
            if (result is not { Passed: false })
            {
                result = Result(capability, test, call, test.IsSequence ? index + 1 : null, made, outcome);
            }
        }

        return result ?? throw new InvalidOperationException("A test makes at least one call.");
    }

    private static PolicyTestResult Result(Capability capability, PolicyTest test, PolicyTestCall call, int? number, int made, CallOutcome outcome)
    {
        var passed = outcome.Meets(call.Expect, call.Reason);
        IReadOnlyList<ExplainedRule> rules = passed ? [] : outcome.Explain(capability);
        return new(
            $"{capability.Path}.yaml",
            passed ? test.Line : call.Line,
            capability.Name,
            test.Name,
            passed ? null : number,
            call.Expect,
            call.Reason,
            outcome.Word,
            outcome.Reasons,
            passed ? [] : [.. Notes(call, made, rules)],
            rules,
            passed);
    }

    private static IEnumerable<string> Notes(PolicyTestCall call, int made, IReadOnlyList<ExplainedRule> rules)
    {
        if (call.Times > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It is the call's time {made} of {call.Times}.");
        }

        if (call.Expect == "allow" && NearestRule.Sentence(rules) is { } nearest)
        {
            yield return nearest;
        }
    }

    private static PolicyTestResult Run(Capability capability, VerifyTest test)
    {
        var evidence = Evidence.Of(capability.Verify!, test.Arguments, VerifyTest.StepId, test.Answer);
        var word = evidence.Kind switch
        {
            EvidenceKind.Succeeded => "succeeded",
            EvidenceKind.Failed => "failed",
            _ => "unknown",
        };
        return new(
            $"{capability.Path}.yaml", test.Line, capability.Name, test.Name, null, test.Expect, null, word, [], evidence.Explain().Split('\n'), [], string.Equals(word, test.Expect, StringComparison.Ordinal));
    }
}

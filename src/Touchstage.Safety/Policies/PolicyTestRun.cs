using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>Runs the policy tests of a capability: the same schema and the same guardrails as a real call, with the test's facts, settings and caller.</summary>
internal sealed class PolicyTestRun(CatalogDirectory directory) : IPolicyTests
{
    private const string Caller = "acme/touchstage/test-agent";

    // Where a test names no instant.
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public IReadOnlyList<PolicyTestResult> Run() => CatalogLoader.Load(directory.Path).Capabilities is { } capabilities ? [.. capabilities.Values.SelectMany(Run)] : [];

    /// <summary>Runs all tests of a capability.</summary>
    public static IEnumerable<PolicyTestResult> Run(Capability capability)
    {
        foreach (var test in capability.Tests)
        {
            var (actual, explanation) = Come(capability, test);
            yield return new($"{capability.Path}.yaml", test.Line, capability.Name, test.Name, test.Expect, actual, explanation);
        }

        foreach (var test in capability.Verify?.Tests ?? [])
        {
            var evidence = Evidence.Of(capability.Verify!, test.Arguments, VerifyTest.StepId, test.Answer);
            yield return new($"{capability.Path}.yaml", test.Line, capability.Name, test.Name, test.Expect, Word(evidence.Kind), evidence.Explain());
        }
    }

    private static (string Actual, string Explanation) Come(Capability capability, PolicyTest test)
    {
        if (!CanonicalJson.From(test.Arguments).TryGet(out var arguments, out var refusal))
        {
            return ($"invalid arguments: {refusal.Reason}", "");
        }

        var problems = capability.Input.Validate(arguments);
        if (!problems.IsEmpty)
        {
            return ($"invalid arguments: {string.Join("; ", problems.Select(p => $"{p.Path} {p.Message}"))}", "");
        }

        var input = new PolicyInput(
            capability,
            arguments,
            Text(test.Caller, "subject") ?? "test-agent",
            Roles(test.Caller),
            Text(test.Caller, "client") ?? "test",
            "acme",
            Settings(capability, test.Settings),
            test.Now ?? Noon,
            capability.Facts.Values.ToImmutableSortedDictionary(fact => fact.Name, fact => Answer(fact, test.Facts), StringComparer.Ordinal));
        var weighing = Guardrails.Weigh(capability.Rules, input);
        var verdict = PolicyVerdict.Of(weighing, input, Caller, []);
        return (Word(verdict.Verdict, capability), string.Join('\n', weighing.Findings.Select(Explain)));
    }

    private static string Word(Verdict verdict, Capability capability) => verdict switch
    {
        Verdict.Permitted => "allow",
        Verdict.Blocked => capability.Approval is null ? "refuse" : "review",
        _ => "forbid",
    };

    private static string Word(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Succeeded => "succeeded",
        EvidenceKind.Failed => "failed",
        _ => "unknown",
    };

    private static string Explain(RuleFinding finding) =>
        $"{finding.Rule.Id} {finding.Rule.Condition.Text} = {finding.Outcome}{(finding.Error is null ? "" : $" ({finding.Error})")}"
        + $" [{string.Join(", ", finding.Reads.Select(read => $"{read.Path} = {read.Value}"))}]";

    private static FactAnswer Answer(FactDeclaration fact, JsonElement? given)
    {
        if (given is not { ValueKind: JsonValueKind.Object } facts || !facts.TryGetProperty(fact.Name, out var value))
        {
            return new(null, "the test gives no answer for it", null);
        }

        return CanonicalJson.From(value).TryGet(out var answer, out var refusal)
            ? fact.Output.Validate(answer) is [var problem, ..] ? new(null, $"{problem.Path} {problem.Message}", null) : new(answer, null, null)
            : new(null, refusal.Reason, null);
    }

    private static JsonElement Settings(Capability capability, JsonElement? given)
    {
        var settings = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, schema) in capability.Settings)
        {
            if (given is { ValueKind: JsonValueKind.Object } values && values.TryGetProperty(name, out var value))
            {
                settings[name] = value;
            }
            else if (schema.Default is { } fallback)
            {
                settings[name] = fallback;
            }
        }

        return JsonSerializer.SerializeToElement(settings);
    }

    private static string? Text(JsonElement? caller, string name) =>
        caller is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static ImmutableArray<string> Roles(JsonElement? caller) =>
        caller is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty("roles", out var roles)
            ? [.. roles.EnumerateArray().Select(role => role.GetString() ?? "")]
            : [];
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>A learnt rule as lines of a manifest, and the manifest with them, which must load.</summary>
internal sealed class RuleDraft(Capability capability, ManifestFile file, LearntRule rule, bool isForbid)
{
    private const string FirstLesson = "as decided in ";

    private string Effect => isForbid ? "forbid" : "allow";

    /// <summary>How often one caller's covered calls came inside a day at most; null where nothing is limited.</summary>
    public int? PerDay { get; } = isForbid || capability.Effects is Effects.ReadOnly ? null : MostInADay(rule.Covered);

    /// <summary>The manifest with the rule and a test, or why there is none.</summary>
    public (ManifestPatch? Patch, Capability? Patched, string? Problem) Write()
    {
        string? expected = Effect;
        for (var tries = 0; tries < 3; tries++)
        {
            var (patch, patched, problem) = Write(expected);
            if (patched is null)
            {
                // The test's arguments may hold what cannot be written down; the rule stands without it.
                return expected is null ? (null, null, problem) : Write(null) is { Patched: { } alone, Patch: { } } bare && Failed(alone) is null ? bare : (null, null, problem);
            }

            if (Failed(patched) is not { } failed)
            {
                return (patch, patched, null);
            }

            if (!failed.Name.StartsWith(FirstLesson, StringComparison.Ordinal))
            {
                return (null, null, $"the manifest's own test '{failed.Name}' would fail: it expects {failed.Expected}, and would come to {failed.Actual}");
            }

            // Tests are judged as some other tenant's calls, for which the rule may not be.
            expected = failed.Actual;
        }

        return (null, null, "its own test does not come out the same twice");
    }

    private (ManifestPatch? Patch, Capability? Patched, string? Problem) Write(string? expected)
    {
        if (ManifestPatch.Of(file.Text) is not { } patch)
        {
            return (null, null, $"the last line of {file.Name} does not end; end it, and ask again");
        }

        if (!patch.TryAppend("policy", RuleLines()) || (expected is not null && !patch.TryAppend("tests", TestLines(expected))))
        {
            return (null, null, $"{file.Name} does not write its rules and tests one a line; by hand it would be: {Effect}: {Quoted(rule.Condition)}");
        }

        var document = YamlReader.Read(file.Name, patch.Text);
        var patched = CapabilityReader.Read(document, capability.Path);
        return patched is null ? (null, null, $"the manifest would not load: {(document.Problems is [var first, ..] ? first.Message : "")}")
            : IsOnlyAddedTo(patched) ? (patch, patched, null)
            : (null, null, "the manifest would change otherwise, too");
    }

    // Invariant: a patch adds one rule, and what stood there before stands there still.
    private bool IsOnlyAddedTo(Capability patched) =>
        patched.Rules.Length == capability.Rules.Length + 1
        && patched.Rules[^1].Condition.Text == rule.Condition
        && capability.Rules.Zip(patched.Rules).All(pair => pair.First.Id == pair.Second.Id && pair.First.Condition.Text == pair.Second.Condition.Text)
        && Without(patched.Manifest) == Without(capability.Manifest);

    private static string Without(CanonicalJson manifest)
    {
        var node = manifest.ToNode()!.AsObject();
        node.Remove("policy");
        node.Remove("tests");
        return CanonicalJson.Of(node).Text;
    }

    private static PolicyTestResult? Failed(Capability patched) => PolicyTestRun.Run(patched).Results.FirstOrDefault(test => !test.Passed);

    private List<string> RuleLines()
    {
        var lines = new List<string> { $"{Effect}: {Quoted(rule.Condition)}", $"because: {Quoted(Because())}" };
        if (PerDay is { } most)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"limits: [{{ count: {most}, per: 1d, by: [caller] }}]"));
        }

        return lines;
    }

    // The because of a forbid is told to whoever asks; it gives nothing away.
    private string Because() => isForbid
        ? "People have said no to calls like this one."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{rule.Covered.Length} such calls were approved by people from {rule.Covered.Min(lesson => lesson.Call.At):yyyy-MM-dd} to {rule.Covered.Max(lesson => lesson.Call.At):yyyy-MM-dd}, and none was rejected.");

    private List<string> TestLines(string expected)
    {
        var (call, judged) = (rule.Covered[0].Call, rule.Covered[0].Call.Judged!);
        var lines = new List<string> { $"name: {Quoted(FirstLesson + call.Id)}", $"args: {Shown(capability.Input, call.Arguments!)}" };
        var facts = judged.Facts.Where(fact => fact.Value.Value is not null && capability.Facts.ContainsKey(fact.Key))
            .Select(fact => $"\"{fact.Key}\": {Shown(capability.Facts[fact.Key].Output, fact.Value.Value!)}").ToArray();
        if (facts.Length > 0)
        {
            lines.Add($"facts: {{ {string.Join(", ", facts)} }}");
        }

        if (judged.Settings.EnumerateObject().Any())
        {
            lines.Add($"settings: {judged.Settings.GetRawText()}");
        }

        if (!judged.Roles.IsEmpty)
        {
            lines.Add($"caller: {{ roles: {new JsonArray([.. judged.Roles.Select(role => (JsonNode?)role)]).ToJsonString()} }}");
        }

        lines.Add($"now: {Quoted(judged.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}");
        lines.Add($"expect: {expected}");
        return lines;
    }

    // What is sensitive and need not be there is left out; what must be there is masked.
    private static string Shown(JsonSchema schema, CanonicalJson value)
    {
        var masked = schema.Mask(value).ToNode();
        if (masked is JsonObject members)
        {
            foreach (var (name, _) in schema.Properties.Where(property => schema.Reach.Property(property.Key).IsSensitive && !schema.Required.Contains(property.Key)))
            {
                members.Remove(name);
            }
        }

        return CanonicalJson.Of(masked).Text;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static int MostInADay(ImmutableArray<Lesson> lessons) => lessons
        .GroupBy(lesson => lesson.Call.Judged!.PrincipalKey, StringComparer.Ordinal)
        .Max(caller =>
        {
            var instants = caller.Select(lesson => lesson.Call.Judged!.At).Order().ToArray();
            return instants.Select((at, index) => instants.Skip(index).TakeWhile(other => other < at + TimeSpan.FromDays(1)).Count()).Max();
        });
}

using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>tests</c>: calls with their world, and what the policy must come to.</summary>
internal sealed class PolicyTestReader(
    ManifestSection root, JsonSchema? input, ImmutableSortedDictionary<string, JsonSchema> settings, ImmutableSortedDictionary<string, FactDeclaration> facts, ImmutableArray<Rule> rules)
{
    // Where a test names no instant.
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public ImmutableArray<PolicyTest> Read()
    {
        var tests = root.Sections("tests").Select(t => (t.Section, Test: ReadOne(t.Section))).ToArray();
        foreach (var twice in tests.GroupBy(t => t.Test.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)).Where(t => t.Test.Name.Length > 0))
        {
            twice.Section.Report("name", $"Two tests are called `{twice.Test.Name}`.", "give each test its own name.");
        }

        return [.. tests.Select(t => t.Test)];
    }

    private PolicyTest ReadOne(ManifestSection test)
    {
        var name = test.RequiredText("name");
        var given = PolicyTestValues.Mapping(test, "settings");
        PolicyTestValues.CheckEach(test, "settings", given, settings);
        var start = PolicyTestInstant.Read(test, "now") ?? Noon;
        var isSequence = test.Has("calls");
        var reader = new PolicyTestCallReader(input, facts, rules, start);
        var world = reader.ReadWorld(test, isWhole: !isSequence);
        var calls = isSequence ? ReadCalls(test, reader, world) : [reader.ReadOnly(test, world)];
        test.Done();
        return new(name, given?.Root, calls, isSequence, test.Document.Find(test.Pointer).Line);
    }

    private static ImmutableArray<PolicyTestCall> ReadCalls(ManifestSection test, PolicyTestCallReader reader, PolicyTestWorld world)
    {
        var sections = test.Sections("calls");
        if (sections.Count == 0)
        {
            test.Report("calls", "`calls` lists no call.", "write each as `- { args: { … }, expect: allow }`, or `args` and `expect` in place of `calls`.");
        }

        var calls = ImmutableArray.CreateBuilder<PolicyTestCall>(sections.Count);
        foreach (var (_, section) in sections)
        {
            calls.Add(reader.ReadNext(section, world));
        }

        return calls.ToImmutable();
    }
}

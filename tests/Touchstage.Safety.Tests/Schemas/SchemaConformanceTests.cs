using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Schemas;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>The official suite of draft 2020-12: all required tests and all of formats, but for what <c>docs/schemas.md</c> lists with a reason.</summary>
public sealed class SchemaConformanceTests
{
    private const string Remotes = "http://localhost:1234/";

    [ConformanceFact]
    public void EveryTest_ComesOutAsTheSuiteSays_ButForTheListedOnes()
    {
        var remotes = ReadRemotes();
        var (held, wrong) = (0, new List<(string File, string Name)>());
        foreach (var (file, group) in Groups())
        {
            var load = JsonSchema.Compile(group.GetProperty("schema"), SchemaOptions.Standard with { Remotes = remotes });
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var isValid = CanonicalJson.From(test.GetProperty("data")).TryGet(out var data, out _) && load.TryGet(out var schema) ? schema.Validate(data).IsEmpty : (bool?)null;
                if (isValid == test.GetProperty("valid").GetBoolean())
                {
                    held++;
                }
                else
                {
                    wrong.Add((file, $"{group.GetProperty("description").GetString()}: {test.GetProperty("description").GetString()}"));
                }
            }
        }

        var listed = Listed();
        var unlisted = wrong.Where(w => !listed.Any(l => l.File == w.File && w.Name.Contains(l.Name, StringComparison.Ordinal)));
        unlisted.ShouldBeEmpty($"{held} come out right");
        listed.ShouldAllBe(l => wrong.Count(w => w.File == l.File && w.Name.Contains(l.Name, StringComparison.Ordinal)) == l.Count);
        held.ShouldBeGreaterThan(1_400);
    }

    private static List<(string File, string Name, int Count)> Listed() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "schemas.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains(".json`", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2], int.Parse(cells[3], CultureInfo.InvariantCulture))),
    ];

    private static ImmutableDictionary<string, JsonElement> ReadRemotes()
    {
        var folder = Path.Combine(ConformanceFactAttribute.Folder!, "..", "..", "remotes");
        return Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToImmutableDictionary(file => Remotes + Path.GetRelativePath(folder, file).Replace('\\', '/'), file => JsonElement.Parse(File.ReadAllBytes(file)), StringComparer.Ordinal);
    }

    private static IEnumerable<(string File, JsonElement Group)> Groups()
    {
        var folder = ConformanceFactAttribute.Folder!;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var groups = JsonElement.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 256 });
            foreach (var group in groups.EnumerateArray())
            {
                yield return (Path.GetRelativePath(folder, file).Replace('\\', '/'), group);
            }
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Safety;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies.Testing;

namespace Touchstage.Mcp.Imports;

/// <summary>
/// Loads drafts as a server would, in a folder of their own, and takes out of them what does not load: a keyword that only narrows, an optional parameter, the answer, the
/// test. Each is told. A draft that does not load even so is none.
/// </summary>
/// <param name="document">What the document calls itself.</param>
/// <param name="connection">The connection that the drafts go through.</param>
internal sealed class DraftTrial(string document, string connection)
{
    private const int MostRounds = 24;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Tries them; afterwards those load that nothing stopped.</summary>
    /// <param name="drafts">The drafts, under names that differ.</param>
    /// <param name="progress">Is told how many still have to be tried.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Run(IReadOnlyList<Draft> drafts, Action<int> progress, CancellationToken cancellation)
    {
        var pending = drafts.Where(draft => draft.Findings.Stops.Count == 0).ToList();
        for (var round = 0; pending.Count > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(pending.Count);
            var changed = Round(pending);
            if (round == MostRounds)
            {
                foreach (var draft in changed)
                {
                    draft.Findings.Stop("it does not load");
                }
            }

            pending = [.. changed.Where(draft => draft.Findings.Stops.Count == 0)];
        }
    }

    // What must be tried again.
    private List<Draft> Round(List<Draft> drafts)
    {
        var folder = Directory.CreateTempSubdirectory("touchstage-import-");
        try
        {
            var byFile = drafts.ToDictionary(draft => draft.File, StringComparer.Ordinal);
            foreach (var (file, draft) in byFile)
            {
                var path = Path.Combine(folder.FullName, "capabilities", file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, DraftText.Of(draft, document, connection), Utf8);
            }

            using var services = new ServiceCollection().AddTouchstageSafety(options =>
            {
                options.DataDirectory = Path.Combine(folder.FullName, "data");
                options.CapabilitiesDirectory = Path.Combine(folder.FullName, "capabilities");
            }).BuildServiceProvider();
            var report = services.GetRequiredService<IManifests>().Check();
            return report.IsLoaded ? Test(drafts, services.GetRequiredService<IPolicyTests>().Run()) : Mend(byFile, report.Problems);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Draft> Test(List<Draft> drafts, PolicyTestReport report)
    {
        var failed = report.Failed.Select(test => test.Capability).ToHashSet(StringComparer.Ordinal);
        List<Draft> changed = [.. drafts.Where(draft => failed.Contains(draft.Name))];
        foreach (var draft in changed)
        {
            OtherTest(draft);
        }

        return changed;
    }

    private static List<Draft> Mend(Dictionary<string, Draft> byFile, IReadOnlyList<ManifestProblem> problems)
    {
        // A problem that names no draft would come again for ever.
        if (problems.FirstOrDefault(problem => !byFile.ContainsKey(problem.File)) is { } foreign)
        {
            throw new InvalidOperationException($"The drafts could not be tried: {foreign.Message}");
        }

        foreach (var group in problems.GroupBy(problem => byFile[problem.File]))
        {
            foreach (var problem in group.DistinctBy(problem => problem.Path, StringComparer.Ordinal))
            {
                Mend(group.Key, problem);
            }
        }

        // The good ones are tried once more with their tests.
        return [.. byFile.Values];
    }

    private static void Mend(Draft draft, ManifestProblem problem)
    {
        var parts = Pointers.Parts(problem.Path);
        switch (parts)
        {
            case ["tests", ..]:
                OtherTest(draft);
                break;
            case ["input" or "output", _, ..] when SchemaWords.Narrowing.Contains(parts[^1]) && Pointers.TryTake(parts[0] == "input" ? draft.Input : draft.Output, [.. parts.Skip(1)], out var value):
                draft.Findings.Note(parts[^1], $"`{parts[^1]}: {Short(value)}` at {problem.Path} cannot be enforced, and was left out: {problem.Message}");
                break;
            case ["output" or "response", ..] when draft.Output is not null:
                draft.Output = null;
                draft.Findings.Note("answer", $"Nothing of the answer is handed on, because its schema does not load: {problem.Message}");
                break;
            case ["request", "headers" or "query", var name, ..] when LeaveOut(draft, parts[1], name):
                draft.Findings.Note("parameter", $"The parameter `{name}` is left out: {problem.Message}");
                break;
            default:
                draft.Findings.Stop($"no manifest can say it: {problem.Message}");
                break;
        }
    }

    private static bool LeaveOut(Draft draft, string place, string name)
    {
        if (Shapes.Text(draft.Request[place], name)?.Trim('{', '}') is not { } argument || Shapes.Texts(draft.Input, "required").Contains(argument, StringComparer.Ordinal))
        {
            return false;
        }

        var mapping = (JsonObject)draft.Request[place]!;
        mapping.Remove(name);
        if (mapping.Count == 0)
        {
            draft.Request.Remove(place);
        }

        ((JsonObject)draft.Input["properties"]!).Remove(argument);
        return true;
    }

    private static void OtherTest(Draft draft)
    {
        if (draft.IsExampleTheirs)
        {
            draft.IsExampleTheirs = false;
            draft.Example = ExampleArguments.Of(draft.Input);
        }
        else
        {
            draft.Example = null;
            draft.Findings.Note("test", "There is no test: no arguments were found that fit. Write one.");
        }
    }

    private static string Short(JsonNode? value) => value?.ToJsonString() is { Length: > 80 } text ? text[..80] + "…" : value?.ToJsonString() ?? "null";
}

using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Loads a folder of capability manifests, all or nothing.</summary>
internal static class CatalogLoader
{
    /// <summary>Loads every <c>*.yaml</c> and <c>*.yml</c> under the folder, in the order of their paths.</summary>
    public static CatalogLoad Load(string directory)
    {
        var problems = new List<ManifestProblem>();
        var loaded = new List<(Capability Capability, ManifestDocument Document)>();
        foreach (var file in ManifestFolder.Read(directory, problems))
        {
            var document = YamlReader.Read(file.Name, file.Text);
            if (CapabilityReader.Read(document, Path.ChangeExtension(file.Name, null)) is { } capability)
            {
                loaded.Add((capability, document));
            }

            problems.AddRange(document.Problems);
        }

        problems.AddRange(Duplicates(loaded));
        return problems.Count == 0
            ? new(loaded.ToImmutableSortedDictionary(l => l.Capability.Name, l => l.Capability, StringComparer.Ordinal), [])
            : new(null, [.. problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static IEnumerable<ManifestProblem> Duplicates(List<(Capability Capability, ManifestDocument Document)> loaded)
    {
        foreach (var same in loaded.GroupBy(l => l.Capability.Name, StringComparer.Ordinal))
        {
            var first = same.First().Document;
            foreach (var (_, document) in same.Skip(1))
            {
                var span = document.Find("/capability");
                yield return new(
                    document.File, span.Line, span.Column, "/capability", $"The capability `{same.Key}` is declared in {first.File} already.", "give one of the two another name.");
            }
        }
    }
}

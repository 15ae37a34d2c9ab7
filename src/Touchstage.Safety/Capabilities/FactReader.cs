using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>facts</c>: look-ups that change nothing and whose answer has a declared shape.</summary>
internal static class FactReader
{
    /// <summary>How long a look-up may take unless it says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public static ImmutableSortedDictionary<string, FactDeclaration> Read(ManifestSection? facts, ArgumentTable? arguments, Effects effects)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, FactDeclaration>(StringComparer.Ordinal);
        foreach (var name in facts?.Keys ?? [])
        {
            if (!SchemaSource.IsIdentifier(name))
            {
                facts!.ReportKey(name, $"`{name}` is not a name that a condition can read.", "use letters, digits and _, first a letter.");
            }
            else if (facts!.Section(name) is { } fact && ReadOne(name, fact, arguments, effects) is { } declaration)
            {
                result.Add(name, declaration);
            }
        }

        return result.ToImmutable();
    }

    private static FactDeclaration? ReadOne(string name, ManifestSection fact, ArgumentTable? arguments, Effects effects)
    {
        var request = new RequestReader(fact, arguments).ReadLookUp();
        var output = fact.Require("output") ? SchemaSource.Read(fact, "output", SchemaOptions.Open) : null;
        var timeout = fact.Duration("timeout", DefaultTimeout, TimeSpan.FromSeconds(1), CapabilityReader.LongestTimeout);
        var maxBytes = fact.Integer("max_bytes", ResponseReader.DefaultMaxBytes, 1, ResponseReader.MostMaxBytes);
        var cacheFor = FactCacheReader.Read(fact, effects);
        fact.Done();
        return request is null || output is null ? null : new(name, request, output, timeout, maxBytes, cacheFor);
    }
}

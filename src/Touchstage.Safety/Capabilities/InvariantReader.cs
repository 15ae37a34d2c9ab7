using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>invariants</c>: conditions over the same values as the rules.</summary>
internal static class InvariantReader
{
    /// <summary>The key of an invariant's condition.</summary>
    public const string NeverAllow = "never_allow";

    private const int Most = 100;

    public static ImmutableArray<Invariant> Read(ManifestSection root, PolicyTypes? types)
    {
        var sections = root.Sections("invariants");
        if (sections.Count > Most)
        {
            root.Report("invariants", $"There are more than {Most} invariants.", "join some with ||.");
        }

        return [.. sections.Select(s => ReadOne(s.Section, types)).OfType<Invariant>()];
    }

    private static Invariant? ReadOne(ManifestSection section, PolicyTypes? types)
    {
        var because = section.Text("because");
        var isThere = section.Require(NeverAllow);
        section.Done();
        if (!isThere)
        {
            return null;
        }

        if (types is null)
        {
            ConditionSource.Read(section, NeverAllow);
            return null;
        }

        return ConditionSource.Compile(section, NeverAllow, types.Environment, CelType.Bool) is { } condition ? new(condition, because) : null;
    }
}

using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Compares the limits of two rules: which of them lets more through.</summary>
internal static class LimitStrictness
{
    private const string Tenant = "tenant";

    /// <summary>Whether every older limit is kept at least as strictly by one of the newer.</summary>
    public static bool IsKept(ImmutableArray<LimitDeclaration> older, ImmutableArray<LimitDeclaration> newer) => older.All(o => newer.Any(n => IsAsStrict(n, o)));

    /// <summary>Whether the newer lets no more through than the older, each by itself.</summary>
    public static bool IsAsStrict(LimitDeclaration newer, LimitDeclaration older) => IsAlike(newer, older) && !Changes(older, newer).Any();

    /// <summary>What became weaker, one sentence for each older limit that is not kept.</summary>
    public static IEnumerable<string> Weakened(ImmutableArray<LimitDeclaration> older, ImmutableArray<LimitDeclaration> newer) =>
        older.Where(o => !newer.Any(n => IsAsStrict(n, o))).Select(o => newer.Where(n => IsAlike(n, o)).ToArray() switch
        {
            [] => $"the limit `{o.Label}` is gone",
            var alike => $"the limit `{o.Label}` is weaker: {string.Join(", ", Changes(o, alike[0]))}",
        });

    private static bool IsAlike(LimitDeclaration a, LimitDeclaration b) => a.Measure == b.Measure && a.Sum?.Text == b.Sum?.Text;

    private static IEnumerable<string> Changes(LimitDeclaration older, LimitDeclaration newer)
    {
        if (newer.Max > older.Max)
        {
            yield return FormattableString.Invariant($"{newer.Max} instead of {older.Max}");
        }

        if (newer.Window < older.Window)
        {
            yield return $"per {ManifestDuration.Render(newer.Window)} instead of {ManifestDuration.Render(older.Window)}";
        }

        // Every limit is a tenant's own; each further dimension splits what is counted.
        if (newer.Dimensions.Except(older.Dimensions, StringComparer.Ordinal).Where(d => d != Tenant).ToArray() is { Length: > 0 } added)
        {
            yield return $"it is counted by {string.Join(", ", added)} too";
        }

        if (older.IsHard && !newer.IsHard)
        {
            yield return "it is no longer hard";
        }

        if (older.RefusesInsteadOfBlocking && !newer.RefusesInsteadOfBlocking)
        {
            yield return "a spent limit asks for a person instead of refusing";
        }
    }
}

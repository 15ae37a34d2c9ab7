using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>What was learnt.</summary>
/// <param name="From">The first moment of the period.</param>
/// <param name="Until">The last.</param>
/// <param name="Suggestions">The rules, by capability.</param>
/// <param name="None">Why there is none, for every capability on which people decided.</param>
/// <param name="Problems">Everything that is wrong with the manifests; then nothing was learnt.</param>
public sealed record SuggestionReport(
    DateTimeOffset From, DateTimeOffset Until, ImmutableArray<RuleSuggestion> Suggestions, ImmutableArray<NoSuggestion> None, ImmutableArray<ManifestProblem> Problems)
{
    /// <summary>Whether the manifests loaded.</summary>
    public bool IsLoaded => Problems.IsEmpty;
}

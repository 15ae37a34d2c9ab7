using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>A limit on the tenant as a whole: on every step of the capabilities that it names, taken together, whatever permitted it.</summary>
/// <param name="Measure"><c>count</c>, <c>sum</c> or <c>concurrent</c>.</param>
/// <param name="Sum">For a sum: the CEL text of its summand.</param>
/// <param name="Max">The most inside the window, or at one time.</param>
/// <param name="Window">The sliding window; zero for concurrent.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="Refuses">Whether it refuses instead of asking a person once it is spent.</param>
/// <param name="For">Names, or <c>folder/*</c>, of the capabilities it is for; empty for every capability of the tenant.</param>
internal sealed record TenantLimit(string Measure, string? Sum, decimal Max, TimeSpan Window, bool IsHard, bool Refuses, ImmutableArray<string> For)
{
    /// <summary>The measure of how many steps are under way.</summary>
    public const string Concurrent = "concurrent";
}

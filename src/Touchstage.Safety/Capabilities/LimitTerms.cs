using System.Globalization;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>What every limit says, whoever declares it.</summary>
/// <param name="Measure">Count, sum or concurrent.</param>
/// <param name="Max">The most inside the window, or at one time.</param>
/// <param name="Window">The sliding window; zero for concurrent.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="Refuses"><c>then: refuse</c>.</param>
internal sealed record LimitTerms(LimitMeasure Measure, decimal Max, TimeSpan Window, bool IsHard, bool Refuses)
{
    /// <summary>How people name it: <c>count 5 per 1h</c>, <c>sum args.amount max 500 per 1d</c>, <c>concurrent 1</c>.</summary>
    public string Describe(string? summand) => Measure switch
    {
        LimitMeasure.Concurrent => string.Create(CultureInfo.InvariantCulture, $"concurrent {Max}"),
        LimitMeasure.Sum => string.Create(CultureInfo.InvariantCulture, $"sum {summand} max {Max} per {ManifestDuration.Render(Window)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"count {Max} per {ManifestDuration.Render(Window)}"),
    };
}

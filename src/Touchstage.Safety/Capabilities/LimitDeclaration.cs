using System.Collections.Immutable;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>A limit as a rule declares it.</summary>
/// <param name="Measure">Count or sum.</param>
/// <param name="Sum">The summand, for a sum; numeric.</param>
/// <param name="Max">The most inside the window.</param>
/// <param name="Window">The sliding window.</param>
/// <param name="Dimensions">What it is counted by besides the capability: <c>tenant</c>, <c>caller</c>, <c>args.NAME</c>; sorted.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="RefusesInsteadOfBlocking"><c>then: refuse</c>.</param>
/// <param name="Label">How people name it, as the manifest spells it: <c>count 5 per 1h by caller</c>.</param>
internal sealed record LimitDeclaration(
    LimitMeasure Measure,
    Condition? Sum,
    decimal Max,
    TimeSpan Window,
    ImmutableArray<string> Dimensions,
    bool IsHard,
    bool RefusesInsteadOfBlocking,
    string Label);

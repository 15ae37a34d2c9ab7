using System.Collections.Immutable;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>A limit as a rule or a tenant declares it.</summary>
/// <param name="Measure">Count, sum or concurrent.</param>
/// <param name="Sum">The summand, for a sum; numeric.</param>
/// <param name="Max">The most inside the window, or at one time.</param>
/// <param name="Window">The sliding window; zero for concurrent.</param>
/// <param name="Dimensions">What it is counted by besides the capability: <c>tenant</c>, <c>caller</c>, <c>args.NAME</c>; sorted.</param>
/// <param name="IsHard">Whether it refuses an approved step too.</param>
/// <param name="RefusesInsteadOfBlocking"><c>then: refuse</c>.</param>
/// <param name="Label">How people name it, as the manifest spells it: <c>count 5 per 1h by caller</c>.</param>
/// <param name="Pool">For a tenant's limit: the capabilities over all of which it counts, as the tenant names them; empty for all it has. Null for a rule's.</param>
internal sealed record LimitDeclaration(
    LimitMeasure Measure,
    Condition? Sum,
    decimal Max,
    TimeSpan Window,
    ImmutableArray<string> Dimensions,
    bool IsHard,
    bool RefusesInsteadOfBlocking,
    string Label,
    ImmutableArray<string>? Pool = null);

using System.Collections.Immutable;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Capabilities;

/// <summary>The static types of what a capability's conditions can read, all from its own schemas.</summary>
/// <param name="Environment">The variables <c>args caller tenant facts call now</c> with their types.</param>
/// <param name="Arguments">The type of <c>args</c>.</param>
/// <param name="Settings">The type of <c>tenant.settings</c>.</param>
/// <param name="Facts">The type of each fact's answer.</param>
/// <param name="Bounds">What the schemas say of the values: all calls there can be.</param>
internal sealed record PolicyTypes(
    ConditionEnvironment Environment, CelType Arguments, CelType Settings, ImmutableSortedDictionary<string, CelType> Facts, Region Bounds);

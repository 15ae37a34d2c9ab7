using System.Collections.Immutable;
using Touchstage.Safety.Conditions.Analysis;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>One way in which a call may meet both versions of a capability.</summary>
/// <param name="Bounds">All calls that the newer takes, with what is known of what the older reads otherwise.</param>
/// <param name="Renamed">The paths that the older reads as others of the same name.</param>
/// <param name="Unset">The settings that the tenant does not set.</param>
/// <param name="Foreign">The calls and settings that the older would not have taken at all, and why.</param>
/// <param name="Text">What is special about it, to be added to a sentence.</param>
internal sealed record VersionScenario(
    Region Bounds, ImmutableArray<string> Renamed, ImmutableArray<string> Unset, ImmutableArray<(string Text, Region Region)> Foreign, string Text);

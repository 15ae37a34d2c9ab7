using System.Collections.Immutable;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>A rule that people's decisions come to. Nobody has said yes to it.</summary>
public sealed record RuleSuggestion
{
    /// <summary>The capability.</summary>
    public required string Capability { get; init; }

    /// <summary><c>allow</c> or <c>forbid</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary>The limit that goes with it, such as <c>count 3 per 1d by caller</c>; null for none.</summary>
    public required string? Limit { get; init; }

    /// <summary>The calls that people decided alike and that the rule decides so without them.</summary>
    public required int Covered { get; init; }

    /// <summary>Of how many.</summary>
    public required int Of { get; init; }

    /// <summary>The calls that were decided otherwise and that it was held against; it covers none.</summary>
    public required int HeldAgainst { get; init; }

    /// <summary>Who decided the covered calls, with how many.</summary>
    public required ImmutableArray<KeyValuePair<string, int>> Deciders { get; init; }

    /// <summary>Who asked for the covered calls, with how many.</summary>
    public required ImmutableArray<KeyValuePair<string, int>> Requesters { get; init; }

    /// <summary>The arguments on which it puts no restriction.</summary>
    public required ImmutableArray<string> Unrestricted { get; init; }

    /// <summary>How many recorded calls would be decided otherwise by it: let through that were not, or refused that were not.</summary>
    public required int Changed { get; init; }

    /// <summary>Some of them, sensitive values masked.</summary>
    public required ImmutableArray<ChangedCall> Examples { get; init; }

    /// <summary>How many recorded calls of the capability could not be replayed: of those nobody knows.</summary>
    public required int NotReplayable { get; init; }

    /// <summary>The change to the manifest as a unified diff. It loads, and the manifest's own tests pass.</summary>
    public required string Patch { get; init; }
}

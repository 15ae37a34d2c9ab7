namespace Touchstage.Safety.Policies.Testing;

/// <summary>What the tests of a manifest made of one of its rules.</summary>
/// <param name="File">The manifest's file.</param>
/// <param name="Line">The rule's line in it.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Rule">The rule's id: <c>allow[0]</c>.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="True">In how many calls it was true.</param>
/// <param name="False">In how many it was false.</param>
/// <param name="Failed">In how many it could not be evaluated.</param>
/// <param name="Missing">What no test makes it: <c>true</c>, <c>false</c> or both. A literal <c>true</c> cannot be false and need not.</param>
/// <param name="Suggestion">A test to start from, as YAML below <c>tests:</c>, for the first that is missing; null if none is.</param>
public sealed record RuleTally(
    string File, int Line, string Capability, string Rule, string Condition, int True, int False, int Failed, IReadOnlyList<string> Missing, string? Suggestion)
{
    /// <summary>Whether tests show it both true and false.</summary>
    public bool IsCovered => Missing.Count == 0;
}

namespace Touchstage.Safety.Conditions;

/// <summary>What a condition may cost at most, to read and to evaluate.</summary>
internal static class ConditionLimits
{
    /// <summary>The longest condition, in UTF-16 units.</summary>
    public const int TextLength = 4_096;

    /// <summary>The deepest nesting of a condition; it also bounds every recursion over its tree.</summary>
    public const int Depth = 64;

    /// <summary>
    /// The steps of one evaluation: one for each node, more for long texts and lists. A condition of a policy that may need more does not load.
    /// </summary>
    public const long Steps = 1_000_000;

    /// <summary>The most values that one document holds: arguments, settings, or what a fact answered.</summary>
    public const int DocumentValues = 10_000;

    /// <summary>The most characters that one document holds.</summary>
    public const int DocumentLength = 1 << 20;

    /// <summary>The most that one document weighs: a step for each value, and one for each sixteen characters of its texts.</summary>
    public const int DocumentWeight = DocumentValues + (DocumentLength / 16) + 1;

    /// <summary>The most that a value weighs: more than any budget pays, and far from an overflow.</summary>
    public const long MostWeight = 1L << 40;

    /// <summary>The deepest value that a condition is given.</summary>
    public const int ValueDepth = 64;

    /// <summary>The largest value that a function makes out of smaller ones: a text in UTF-16 units, bytes in octets, a list in items.</summary>
    public const int ResultSize = 65_536;

    /// <summary>The most decimals that <c>format</c> writes.</summary>
    public const int Precision = 100;
}

namespace Touchstage.Safety.Conditions;

/// <summary>
/// What is made can be far larger than what it is made of: a function that multiplies asks here before it does. The operator <c>+</c> need not, the steps it pays are enough.
/// </summary>
internal static class BoundedResult
{
    public static readonly CelValue Failure = CelValue.Failed($"A value that is made has more than {ConditionLimits.ResultSize} characters, octets or items.");

    /// <summary>The failure of a result of this size, or null if it may be made.</summary>
    public static CelValue? TooLarge(long size) => size > ConditionLimits.ResultSize ? Failure : null;
}

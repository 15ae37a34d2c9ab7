namespace Touchstage.Safety.Policies;

/// <summary>What one policy test of a manifest came to.</summary>
/// <param name="File">The manifest's file.</param>
/// <param name="Line">The test's line in it.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Name">The test's name.</param>
/// <param name="Expected">What it expects: <c>allow</c>, <c>review</c>, <c>refuse</c>, <c>forbid</c>; of a test of <c>verify</c>: <c>succeeded</c>, <c>failed</c>, <c>unknown</c>.</param>
/// <param name="Actual">What it came to, in the same words, or <c>invalid arguments: …</c>.</param>
/// <param name="Explanation">What each rule or condition came to, one line each.</param>
public sealed record PolicyTestResult(string File, int Line, string Capability, string Name, string Expected, string Actual, string Explanation)
{
    /// <summary>Whether it came to what was expected.</summary>
    public bool Passed => string.Equals(Expected, Actual, StringComparison.Ordinal);
}

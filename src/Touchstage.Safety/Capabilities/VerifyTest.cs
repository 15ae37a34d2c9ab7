using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>A test of a <c>verify</c> that a manifest brings along.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The arguments of the step.</param>
/// <param name="Answer">What the look-up answers.</param>
/// <param name="Expect"><c>succeeded</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="Line">Its line in the file.</param>
internal sealed record VerifyTest(string Name, CanonicalJson Arguments, CanonicalJson Answer, string Expect, int Line)
{
    /// <summary>The id of the step in tests.</summary>
    public const string StepId = "stp_1";
}

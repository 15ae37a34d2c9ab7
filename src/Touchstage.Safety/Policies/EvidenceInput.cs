using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>All that the conditions of a <c>verify</c> can read.</summary>
/// <param name="Types">Their types.</param>
/// <param name="Arguments">The step's arguments.</param>
/// <param name="StepId">The step.</param>
/// <param name="Answer">What the look-up answered.</param>
internal sealed record EvidenceInput(VerifyTypes Types, CanonicalJson Arguments, string StepId, CanonicalJson Answer) : IConditionInput
{
    /// <inheritdoc/>
    public CelValue Resolve(string variable) => variable switch
    {
        "answer" => CelValue.From(Answer.Root, Types.Answer, "answer"),
        "args" => CelValue.From(Arguments.Root, Types.Arguments, "args"),
        "step" => CelValue.Of(StepId),
        _ => CelValue.Failed($"there is no variable {variable}"),
    };
}

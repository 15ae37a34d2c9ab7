using Touchstage.Safety.Policies;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Actions;

/// <summary>What the step of a fact's look-up says of the fact: anything but a complete, fitting answer is a failure.</summary>
internal static class FactAnswers
{
    public static FactAnswer Of(StepOutcome outcome) => outcome switch
    {
        { Admission: not null } => new(null, PolicyRefusals.LimitSpent.Value, null),
        { Status: StepStatus.Completed, Result: { } value } => new(value, null, outcome.StepId),
        _ => new(null, outcome.Code ?? "fact_failed", outcome.StepId),
    };
}

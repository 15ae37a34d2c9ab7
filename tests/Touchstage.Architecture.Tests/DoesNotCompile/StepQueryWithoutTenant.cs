// expects: CS7036
using Touchstage.Safety.Steps;

internal static class StepQueryWithoutTenant
{
    public static Task<StepRecord?> Forge(IStepJournal steps) =>
        steps.FindAsync("stp_1", default(CancellationToken)); // forged
}

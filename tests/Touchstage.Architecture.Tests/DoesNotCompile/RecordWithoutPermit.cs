// expects: CS1503
using Touchstage.Safety.Policies;
using Touchstage.Safety.Steps;

internal static class RecordWithoutPermit
{
    public static Task<Recording> Forge(RecordedStep.Recorder recorder, Judgement judgement) =>
        recorder.RecordAsync(judgement, default); // forged
}

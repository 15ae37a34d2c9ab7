// expects: CS0122
using Touchstage.Safety.Steps;

internal static class NewTokenedStep
{
    public static TokenedStep Forge(RecordedStep recorded) =>
        new(recorded, "eyJ"); // forged
}

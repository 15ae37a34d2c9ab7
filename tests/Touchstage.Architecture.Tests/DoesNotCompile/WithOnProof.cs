// expects: CS8858
using Touchstage.Safety.Steps;

internal static class WithOnProof
{
    public static RecordedStep Forge(RecordedStep recorded) =>
        recorded with { }; // forged
}

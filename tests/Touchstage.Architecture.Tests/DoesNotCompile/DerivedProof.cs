// expects: CS0509
using Touchstage.Safety.Steps;

internal sealed class DerivedProof
    : RecordedStep; // forged

namespace Touchstage.Safety.Steps;

/// <summary>What <c>record</c> comes to.</summary>
/// <param name="Step">The proof, only if the step was written.</param>
/// <param name="Admission">The journal's answer.</param>
internal sealed record Recording(RecordedStep? Step, Admission Admission);

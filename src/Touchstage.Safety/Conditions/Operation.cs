namespace Touchstage.Safety.Conditions;

/// <summary>A checked expression, ready to run.</summary>
internal delegate CelValue Operation(EvaluationRun run);

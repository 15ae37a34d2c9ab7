using System.Collections.Immutable;

namespace Touchstage.Safety.Actions;

/// <summary>One call, reprinted.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Stages">What each stage did, in order.</param>
public sealed record Replay(string StepId, ImmutableArray<ReplayStage> Stages);

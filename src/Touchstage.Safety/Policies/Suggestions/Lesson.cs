using System.Collections.Immutable;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>A call on which people decided, or which policy permitted.</summary>
/// <param name="Call">The call as recorded.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Deciders">Who decided; empty for policy.</param>
internal sealed record Lesson(RecordedCall Call, LessonKind Kind, ImmutableArray<Decider> Deciders);

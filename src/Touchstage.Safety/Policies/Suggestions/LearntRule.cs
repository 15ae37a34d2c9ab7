using System.Collections.Immutable;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>A condition that was learnt.</summary>
/// <param name="Condition">Its text.</param>
/// <param name="Atoms">Its conjuncts.</param>
/// <param name="Covered">The calls it was learnt from, all of which it covers.</param>
/// <param name="Unrestricted">The arguments on which it puts no restriction.</param>
internal sealed record LearntRule(string Condition, ImmutableArray<Atom> Atoms, ImmutableArray<Lesson> Covered, ImmutableArray<string> Unrestricted);

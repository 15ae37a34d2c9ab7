using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>How large the values that a condition reads may be. Immutable.</summary>
internal interface IValueSizes
{
    /// <summary>The bounds of what stands at a path such as <c>args</c>, <c>items</c>, <c>[]</c>, <c>name</c>; no bounds where nothing is known.</summary>
    ValueBounds Of(ImmutableArray<string> path);
}

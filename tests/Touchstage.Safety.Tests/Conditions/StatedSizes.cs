using System.Collections.Immutable;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>Sizes as a test states them.</summary>
internal sealed class StatedSizes(Func<ImmutableArray<string>, ValueBounds> sizes) : IValueSizes
{
    public ValueBounds Of(ImmutableArray<string> path) => sizes(path);
}

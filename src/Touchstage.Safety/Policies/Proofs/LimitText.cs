using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Says in words what a limit lets through.</summary>
internal static class LimitText
{
    public static string Of(LimitDeclaration limit)
    {
        var what = limit.Sum is null ? "" : $" of {limit.Sum.Text} together";
        var when = limit.Measure is LimitMeasure.Concurrent ? "at one time" : $"in {ManifestDuration.Render(limit.Window)}";
        var by = limit.Dimensions.IsEmpty ? "" : $" by {string.Join(" and ", limit.Dimensions)}";
        return FormattableString.Invariant($"at most {limit.Max}{what} {when}{by}");
    }
}

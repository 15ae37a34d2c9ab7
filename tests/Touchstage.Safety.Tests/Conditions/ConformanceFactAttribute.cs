namespace Touchstage.Safety.Tests.Conditions;

/// <summary>A fact over the official CEL data; skipped, and saying so, where that data is not beside the checkout.</summary>
internal sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (CelConformance.Folder is null)
        {
            Skip = "The official CEL conformance data is not there: expected at ../shared/conformance/cel/core, or below TOUCHSTAGE_SHARED.";
        }
    }
}

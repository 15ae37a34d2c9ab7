namespace Touchstage.Acceptance.Tests.Language;

/// <summary>A theory over the official CEL data; skipped, and saying so, where that data is not beside the checkout.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficialDataTheoryAttribute : TheoryAttribute
{
    public OfficialDataTheoryAttribute() =>
        Skip = Directory.Exists(Folder) ? null : "The official CEL conformance data is not there: expected at ../shared/conformance/cel, or below TOUCHSTAGE_SHARED.";

    /// <summary>Where the data lies.</summary>
    public static string Folder { get; } =
        Path.Combine(Environment.GetEnvironmentVariable("TOUCHSTAGE_SHARED") ?? Path.Combine(Executable.Root, "..", "shared"), "conformance", "cel");
}

using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>The instants of policy tests: RFC 3339, or an offset such as <c>+10m</c>.</summary>
internal static class PolicyTestInstant
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant, or null if there is none or after a report.</summary>
    public static DateTimeOffset? Read(ManifestSection section, string name)
    {
        if (section.Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        section.Report(
            name, $"`{name}` is not an instant.", name == "now" ? "write now: \"2026-01-31T12:00:00Z\"." : $"write {name}: +10m from the test's `now`, or {name}: \"2026-01-31T12:00:00Z\".");
        return null;
    }

    /// <summary>The offset, or null without a word if it is none.</summary>
    public static TimeSpan? Offset(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.StartsWith('+') && ManifestDuration.TryParse(text[1..], out var offset) ? offset : null;
}

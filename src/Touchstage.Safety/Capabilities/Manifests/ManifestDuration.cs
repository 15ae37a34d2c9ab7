using System.Globalization;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>Durations as manifests spell them: a whole number and one of <c>s m h d</c>.</summary>
internal static class ManifestDuration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is < 2 or > 8 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        duration = TimeSpan.FromSeconds((long)number * unit);
        return unit != 0;
    }

    public static string Render(TimeSpan duration) => (long)duration.TotalSeconds switch
    {
        var s when s != 0 && s % 86_400 == 0 => $"{s / 86_400}d",
        var s when s != 0 && s % 3_600 == 0 => $"{s / 3_600}h",
        var s when s != 0 && s % 60 == 0 => $"{s / 60}m",
        var s => $"{s}s",
    };
}

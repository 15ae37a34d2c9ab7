using System.Globalization;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Takes things out of JSON by their JSON Pointer (RFC 6901).</summary>
internal static class Pointers
{
    public static IReadOnlyList<string> Parts(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>Takes a member of a mapping out, and gives what stood there.</summary>
    /// <param name="root">Where the parts begin.</param>
    /// <param name="parts">The way to the member.</param>
    /// <param name="taken">What stood there.</param>
    /// <returns>Whether there was such a member.</returns>
    public static bool TryTake(JsonNode? root, IReadOnlyList<string> parts, out JsonNode? taken)
    {
        taken = null;
        var at = root;
        foreach (var part in parts.Take(parts.Count - 1))
        {
            at = at switch
            {
                JsonObject mapping => mapping[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return parts.Count > 0 && at is JsonObject around && around.Remove(parts[^1], out taken);
    }
}

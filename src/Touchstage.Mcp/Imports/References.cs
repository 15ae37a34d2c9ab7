using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Follows references within one document. What leads out of it is not followed.</summary>
internal sealed class References(JsonObject root)
{
    private const int MostHops = 32;

    /// <summary>What a node is, with its own reference followed as far as it goes.</summary>
    /// <param name="node">An object that may be nothing but a reference.</param>
    /// <param name="why">Why it cannot be followed, if it cannot.</param>
    /// <param name="pointer">Where it ended; null if there was no reference.</param>
    public JsonNode? Follow(JsonNode? node, out string? why, out string? pointer)
    {
        (why, pointer) = (null, null);
        for (var hop = 0; Shapes.Text(node, "$ref") is { } reference; hop++)
        {
            if (hop == MostHops)
            {
                why = $"the reference {reference} goes round in a circle";
                return null;
            }

            if (!TryResolve(reference, out node, out why))
            {
                return null;
            }

            pointer = reference;
        }

        return node;
    }

    /// <summary>The place that a reference names.</summary>
    public bool TryResolve(string reference, out JsonNode? target, out string? why)
    {
        target = null;
        if (!reference.StartsWith('#'))
        {
            why = $"the reference {reference} leads out of the document, and nothing else is read";
            return false;
        }

        JsonNode? at = root;
        foreach (var part in Parts(reference))
        {
            at = at switch
            {
                JsonObject mapping when mapping.TryGetPropertyValue(part, out var value) => value,
                JsonArray list when int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
            if (at is null)
            {
                why = $"the reference {reference} leads nowhere";
                return false;
            }
        }

        (target, why) = (at, null);
        return true;
    }

    /// <summary>The last part of a reference: what people call the thing.</summary>
    public static string NameOf(string reference) => Parts(reference).LastOrDefault() ?? "document";

    // RFC 6901 in a URI fragment.
    private static IEnumerable<string> Parts(string reference) => reference is "#" or "#/" ? []
        : reference[1..].Split('/').Skip(1).Select(part => Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}

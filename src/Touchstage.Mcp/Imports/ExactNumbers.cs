using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Tells numbers that a double does not hold exactly: manifests have none of those.</summary>
internal static class ExactNumbers
{
    /// <summary>Whether every number in a value is exact.</summary>
    public static bool Hold(JsonNode? value) => value switch
    {
        JsonObject mapping => mapping.All(member => Hold(member.Value)),
        JsonArray list => list.All(Hold),
        not null when value.GetValueKind() is JsonValueKind.Number => IsExact(value.ToJsonString()),
        _ => true,
    };

    private static bool IsExact(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var meant)
        && decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var held)
        && meant == held;
}

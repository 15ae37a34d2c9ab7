using System.Text.Json;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Reads an approval as the agent is told of it.</summary>
internal static class Ended
{
    /// <summary>Whether nothing more will become of it.</summary>
    public static bool Has(JsonElement approval) => Text(approval, "status") is not ("pending" or "approved" or "executing");

    /// <summary>A member as text; empty where there is none.</summary>
    public static string Text(JsonElement? approval, string name) => approval is { } there && there.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

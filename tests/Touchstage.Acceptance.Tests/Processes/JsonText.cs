using System.Text.Json;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>Reads members that must be there.</summary>
internal static class JsonText
{
    /// <summary>A member's text; what stands there instead is in the message.</summary>
    public static string Text(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ShouldAssertException($"No text '{name}' in {parent.GetRawText()}");
}

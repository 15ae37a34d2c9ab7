using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tools;

/// <summary>Reads what the model says beside a call. It is shown to people and decides nothing, so whatever is not plain text is left out.</summary>
internal static class AiInvocation
{
    private const string Key = "io.modelcontextprotocol/aiInvocation";
    private const int MaxLength = 2_000;

    public static Narrative Of(JsonObject? meta)
    {
        try
        {
            return meta?[Key] is JsonObject told
                ? new(Text(told, "userRequest") ?? Text(told, "user_request"), Text(told, "reasoning"))
                : Narrative.None;
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            return Narrative.None;
        }
    }

    private static string? Text(JsonObject told, string name) =>
        told[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? Cut(value.GetValue<string>()) : null;

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}

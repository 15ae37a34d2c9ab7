using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Resources;

/// <summary>What a caller needs to know of a tool, as JSON. Rules and thresholds are not in it.</summary>
internal static class CapabilityDocument
{
    public const string Template = Prefix + "{name}";

    private const string Prefix = "touchstage://capabilities/";

    public static bool TryParse(string uri, [NotNullWhen(true)] out string? name)
    {
        name = uri.StartsWith(Prefix, StringComparison.Ordinal) && IsName(uri[Prefix.Length..]) ? uri[Prefix.Length..] : null;
        return name is not null;
    }

    public static JsonObject Of(ToolDescription capability) => new()
    {
        ["name"] = capability.Name,
        ["title"] = capability.Title,
        ["description"] = capability.Description,
        ["effects"] = capability.Effects switch { Effects.ReadOnly => "readOnly", Effects.Additive => "additive", _ => "destructive" },
        ["idempotent"] = capability.IsIdempotent,
        ["input"] = JsonNode.Parse(capability.InputSchema.GetRawText()),
        ["answer"] = JsonNode.Parse(capability.OutputSchema.GetRawText()),
    };

    private static bool IsName(string text) => text.Length is >= 1 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}

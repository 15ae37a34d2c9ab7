using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Prompts;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The preview of a modification, with the digest that confirms exactly it.</summary>
internal static class PreviewSheet
{
    public static string Text(ModificationPreview preview, ApprovalCaseView? shown)
    {
        var next = shown is not null && !DoorText.IsOpenToCommandLine(shown)
            ? $"It is confirmed through {DoorText.Of(shown)}."
            : $"To confirm exactly this, with the same changes: touchstage approvals modify {preview.ApprovalId} … --confirm {preview.RevisionDigest}";
        return $"{Text(preview)}{next}\n";
    }

    public static string Text(ModificationPreview preview) => $"{PreviewText.Of(preview)}\nConfirmed, {PreviewText.Effect(preview)}.\n";

    public static JsonObject Json(ModificationPreview preview) => new()
    {
        ["id"] = preview.ApprovalId,
        ["revision"] = preview.Revision,
        ["preview_digest"] = preview.RevisionDigest,
        ["summary"] = preview.Summary,
        ["before"] = Node(preview.Before),
        ["after"] = Node(preview.After),
        ["request"] = Node(preview.Request),
        ["reasons"] = new JsonArray([.. preview.Reasons.Select(reason => (JsonNode)reason)]),
        ["told"] = preview.Told,
        ["findings"] = Node(preview.Findings),
        ["decides_alone"] = preview.DecidesAlone,
    };

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText(), documentOptions: new() { MaxDepth = 128 });
}

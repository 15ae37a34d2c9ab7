using System.Text;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;

namespace Touchstage.Mcp.Prompts;

/// <summary>A change before it is confirmed: what differs, what would be sent, and what the policy says to it.</summary>
internal static class PreviewText
{
    private const string Indent = "    ";

    public static string Of(ModificationPreview preview)
    {
        var text = new StringBuilder($"Change of {preview.ApprovalId}, which would make it revision {preview.Revision}. Nothing is recorded yet.\n");
        Section(text, "What would be done", [preview.Summary]);
        Section(text, "What differs (- as it is, + as it would be)", ArgumentDifference.Between(preview.Before, preview.After));
        Section(text, "What would be sent", RequestText.Of(preview.Request));
        Section(text, "What the policy says", [preview.Told, .. preview.Reasons.Select(reason => $"reason: {reason}"), .. FindingText.Of(preview.Findings)]);
        return text.ToString();
    }

    /// <summary>What confirming would come to.</summary>
    public static string Effect(ModificationPreview preview) => preview.DecidesAlone
        ? "it is executed once, exactly as shown above; that is your yes to it"
        : "it replaces what was proposed, and others must say yes to it; earlier votes fall";

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append('\n').Append(title).Append('\n');
        foreach (var line in lines)
        {
            text.Append(Indent).Append(VisibleText.Line(line)).Append('\n');
        }
    }
}

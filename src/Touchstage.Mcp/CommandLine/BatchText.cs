using System.Text;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Several cases at once, for a person: what they say, once if it is the same, and each with its id and arguments.</summary>
internal static class BatchText
{
    private const string Indent = "    ";

    public static string Of(IReadOnlyList<ApprovalView> approvals, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var alike in approvals.GroupBy(approval => (approval.Capability, approval.Summary)))
        {
            text.Append(VisibleText.Line(alike.Key.Summary)).Append('\n').Append(Indent).Append("capability ").Append(VisibleText.Line(alike.Key.Capability)).Append('\n');
            foreach (var approval in alike)
            {
                text.Append(Indent).Append(VisibleText.Line(Line(approval, now))).Append('\n');
                if (approval.Case is { } shown)
                {
                    text.Append(Indent).Append(Indent).Append(VisibleText.Line($"would send {string.Join(' ', RequestText.Of(shown.Request).Select(line => line.Trim()))}")).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string Line(ApprovalView approval, DateTimeOffset now) =>
        $"{approval.Id} revision {approval.Revision}, asked {SpanText.Of(now - approval.CreatedAt)} ago by {approval.Case?.Requester}: {approval.Case?.Arguments.GetRawText()}";
}

using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A page of an approver's queue, for people and for machines.</summary>
internal static class QueueSheet
{
    public static void Write(ApprovalQueue queue, DateTimeOffset now, Terminal terminal)
    {
        var sheet = new Sheet("APPROVAL", "CAPABILITY", "SUMMARY", "ASKED BY", "AGE", "LEFT", "YES", "ON IT");
        foreach (var item in queue.Items)
        {
            sheet.Add(
                item.Id,
                item.Capability,
                item.Summary,
                item.Requester,
                SpanText.Of(now - item.CreatedAt),
                SpanText.Of(item.ExpiresAt - now),
                string.Create(CultureInfo.InvariantCulture, $"{item.Approvals}/{item.Quorum}"),
                item.ClaimedBy ?? "");
        }

        sheet.Write(terminal);
        if (queue.Next is { } next)
        {
            // On standard error: the table is what a script reads.
            terminal.Error.WriteLine($"{queue.Count}{(queue.IsMore ? " and more" : "")} wait for your roles. The next page: touchstage approvals list --after {next}");
        }
    }

    public static JsonObject Json(ApprovalQueue queue) => new()
    {
        ["count"] = queue.Count,
        ["is_more"] = queue.IsMore,
        ["next"] = queue.Next,
        ["pending"] = new JsonArray([.. queue.Items.Select(item => (JsonNode)new JsonObject
        {
            ["id"] = item.Id,
            ["uri"] = ApprovalUri.Of(item.Id),
            ["capability"] = item.Capability,
            ["summary"] = item.Summary,
            ["requester"] = item.Requester,
            ["reason"] = item.Reason,
            ["created_at"] = ApprovalDocument.Time(item.CreatedAt),
            ["expires_at"] = ApprovalDocument.Time(item.ExpiresAt),
            ["revision"] = item.Revision,
            ["revision_digest"] = item.RevisionDigest,
            ["quorum"] = item.Quorum,
            ["approvals"] = item.Approvals,
            ["claimed_by"] = item.ClaimedBy,
        })]),
    };
}

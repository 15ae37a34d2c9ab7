using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Steps of unknown outcome, for people and for machines.</summary>
internal static class UnknownSheet
{
    public static void Tell(IReadOnlyList<UnknownStepView> steps, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonObject { ["count"] = steps.Count, ["unknown"] = new JsonArray([.. steps.Select(step => (JsonNode)Json(step))]) });
            return;
        }

        var sheet = new Sheet("STEP", "APPROVAL", "CAPABILITY", "SUMMARY", "ASKED BY", "SENT", "WHY", "LOOKS AGAIN");
        foreach (var step in steps)
        {
            sheet.Add(
                step.StepId, step.ApprovalId ?? "-", step.Capability, step.Summary, step.Requester, ApprovalDocument.Time(step.RecordedAt), step.Code,
                step.NextLookAt is { } next ? ApprovalDocument.Time(next) : "never: find out");
        }

        sheet.Write(terminal);
    }

    private static JsonObject Json(UnknownStepView step) => new()
    {
        ["step"] = step.StepId,
        ["approval"] = step.ApprovalId,
        ["capability"] = step.Capability,
        ["summary"] = step.Summary,
        ["requester"] = step.Requester,
        ["connection"] = step.Connection,
        ["arguments"] = JsonNode.Parse(step.Arguments.GetRawText()),
        ["request"] = JsonNode.Parse(step.Request.GetRawText()),
        ["code"] = step.Code,
        ["reason"] = step.Reason,
        ["recorded_at"] = ApprovalDocument.Time(step.RecordedAt),
        ["looks"] = step.Looks,
        ["next_look_at"] = step.NextLookAt is { } next ? ApprovalDocument.Time(next) : null,
    };
}

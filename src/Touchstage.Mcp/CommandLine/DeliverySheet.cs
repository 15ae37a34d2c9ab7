using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Undelivered webhook messages as a table or as JSON. Their content is not shown.</summary>
internal static class DeliverySheet
{
    public static void Write(DeliveryList list, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonObject { ["dead"] = list.Dead, ["pending"] = list.Pending, ["deliveries"] = new JsonArray([.. list.Items.Select(Json)]) });
            return;
        }

        var sheet = new Sheet("DELIVERY", "WEBHOOK", "EVENT", "APPROVAL", "STATE", "TRIES", "SINCE", "NEXT", "LAST ERROR");
        foreach (var delivery in list.Items)
        {
            sheet.Add(
                delivery.Id,
                delivery.Webhook,
                delivery.Event,
                delivery.ApprovalId,
                State(delivery.State),
                delivery.Tries.ToString(CultureInfo.InvariantCulture),
                ApprovalDocument.Time(delivery.CreatedAt),
                delivery.DueAt is { } due ? ApprovalDocument.Time(due) : "",
                delivery.LastError ?? "");
        }

        sheet.Write(terminal);
        terminal.Out.WriteLine($"{list.Dead} dead, {list.Pending} on their way.");
    }

    public static JsonNode Json(DeliveryView delivery) => new JsonObject
    {
        ["id"] = delivery.Id,
        ["webhook"] = delivery.Webhook,
        ["event"] = delivery.Event,
        ["approval"] = delivery.ApprovalId,
        ["state"] = State(delivery.State),
        ["tries"] = delivery.Tries,
        ["created_at"] = ApprovalDocument.Time(delivery.CreatedAt),
        ["due_at"] = delivery.DueAt is { } due ? ApprovalDocument.Time(due) : null,
        ["last_error"] = delivery.LastError,
    };

    private static string State(DeliveryState state) => state switch
    {
        DeliveryState.Dead => "dead",
        DeliveryState.Delivered => "delivered",
        _ => "pending",
    };
}

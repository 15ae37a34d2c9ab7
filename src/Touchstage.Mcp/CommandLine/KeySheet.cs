using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Signing keys as a table or as JSON.</summary>
internal static class KeySheet
{
    public static void Write(IReadOnlyList<SigningKeyDescription> keys, bool asJson, DateTimeOffset now, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. keys.Select(key => (JsonNode)Json(key))]));
            return;
        }

        var sheet = new Sheet("KID", "STATE", "AGE", "SIGNS FROM", "PUBLISHED UNTIL");
        foreach (var key in keys)
        {
            sheet.Add(
                key.KeyId,
                key.Opens ? State(key.State) : $"{State(key.State)}, does not open",
                $"{Math.Max(0, (now - key.CreatedAt).Days)} d",
                ApprovalDocument.Time(key.SignsFrom),
                key.PublishedUntil is { } until ? ApprovalDocument.Time(until) : "");
        }

        sheet.Write(terminal);
    }

    public static JsonObject Json(SigningKeyDescription key) => new()
    {
        ["kid"] = key.KeyId,
        ["state"] = State(key.State),
        ["opens"] = key.Opens,
        ["created_at"] = ApprovalDocument.Time(key.CreatedAt),
        ["signs_from"] = ApprovalDocument.Time(key.SignsFrom),
        ["published_until"] = key.PublishedUntil is { } until ? ApprovalDocument.Time(until) : null,
    };

    private static string State(SigningKeyState state) => state switch
    {
        SigningKeyState.Next => "next",
        SigningKeyState.Signing => "signing",
        SigningKeyState.Published => "published",
        SigningKeyState.Retired => "retired",
        SigningKeyState.Revoked => "revoked",
        _ => "unknown",
    };
}

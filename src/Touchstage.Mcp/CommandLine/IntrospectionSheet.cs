using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Steps.Introspection;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Clients for <c>/introspect</c> as a table or as JSON. Secrets are not stored, so there is none to show.</summary>
internal static class IntrospectionSheet
{
    public static void Write(IReadOnlyList<IntrospectionClient> clients, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. clients.Select(Json)]));
            return;
        }

        var sheet = new Sheet("CLIENT", "CONNECTION", "CREATED", "REVOKED");
        foreach (var client in clients)
        {
            sheet.Add(client.Id, client.Connection, ApprovalDocument.Time(client.CreatedAt), client.RevokedAt is { } at ? ApprovalDocument.Time(at) : "");
        }

        sheet.Write(terminal);
    }

    public static JsonObject Json(IntrospectionClient client) => new()
    {
        ["client_id"] = client.Id,
        ["tenant"] = client.Tenant.Value,
        ["connection"] = client.Connection,
        ["created_at"] = ApprovalDocument.Time(client.CreatedAt),
        ["revoked_at"] = client.RevokedAt is { } at ? ApprovalDocument.Time(at) : null,
    };
}

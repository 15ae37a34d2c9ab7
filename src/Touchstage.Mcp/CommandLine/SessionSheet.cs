using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Sessions as a table or as JSON. Keys are not stored, so there is none to show.</summary>
internal static class SessionSheet
{
    public static string Kind(SessionKind kind) => kind == SessionKind.Approver ? "approver" : "agent";

    public static void Write(IReadOnlyList<SessionRecord> sessions, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. sessions.Select(Json)]));
            return;
        }

        var sheet = new Sheet("SESSION", "KIND", "SUBJECT", "ISSUER", "PERSON", "ROLES", "CLIENT", "EXPIRES", "REVOKED");
        foreach (var session in sessions)
        {
            sheet.Add(
                session.Id,
                Kind(session.Kind),
                Who(session.Principal),
                session.Principal.Issuer,
                session.Person ?? "",
                string.Join(',', session.Roles),
                session.Client,
                ApprovalDocument.Time(session.ExpiresAt),
                session.RevokedAt is { } at ? ApprovalDocument.Time(at) : "");
        }

        sheet.Write(terminal);
    }

    private static string Who(Principal principal) => principal.OnBehalfOf is { } other ? $"{principal.Subject} for {other}" : principal.Subject;

    private static JsonNode Json(SessionRecord session) => new JsonObject
    {
        ["id"] = session.Id,
        ["kind"] = Kind(session.Kind),
        ["subject"] = session.Principal.Subject,
        ["issuer"] = session.Principal.Issuer,
        ["on_behalf_of"] = session.Principal.OnBehalfOf,
        ["person"] = session.Person,
        ["roles"] = new JsonArray([.. session.Roles.Select(role => (JsonNode)role)]),
        ["client"] = session.Client,
        ["created_at"] = ApprovalDocument.Time(session.CreatedAt),
        ["expires_at"] = ApprovalDocument.Time(session.ExpiresAt),
        ["revoked_at"] = session.RevokedAt is { } at ? ApprovalDocument.Time(at) : null,
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Storage;

/// <summary>Who comes in after how long, in one column: <c>[{ "after": MICROSECONDS, "roles": […] }]</c>, soonest first.</summary>
internal static class StoredEscalations
{
    public static string Write(ImmutableArray<EscalationDeclaration> escalations) => new JsonArray([.. escalations.Select(escalation => (JsonNode)new JsonObject
    {
        ["after"] = escalation.After.ToMicros(),
        ["roles"] = new JsonArray([.. escalation.Approvers.Select(role => (JsonNode?)role)]),
    })]).ToJsonString();

    public static ImmutableArray<EscalationDeclaration> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return
        [
            .. document.RootElement.EnumerateArray().Select(escalation => new EscalationDeclaration(
                TimeSpan.FromMicroseconds(escalation.GetProperty("after").GetInt64()), [.. escalation.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)])),
        ];
    }

    /// <summary>The terms that a row keeps.</summary>
    public static ApprovalTerms TermsOf(ApprovalRow row) => new(StoredList.Read(row.ApproverRoles), Read(row.Escalations), row.Quorum, row.Confirm);
}

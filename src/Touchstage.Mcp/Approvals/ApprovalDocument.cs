using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>An approval as JSON: the content of its resource and the answer of <c>touchstage_check_approval</c>.</summary>
internal static class ApprovalDocument
{
    /// <summary>The schema of the answer.</summary>
    public const string Schema = """
        {"type":"object","required":["status"],"properties":{
          "status":{"type":"string","enum":["pending","approved","rejected","expired","withdrawn","executing","succeeded","failed","unknown","refused"]},
          "id":{"type":"string"},"uri":{"type":"string"},"capability":{"type":"string"},"summary":{"type":"string"},"reason":{"type":"string"},"code":{"type":"string"},
          "created_at":{"type":"string"},"expires_at":{"type":"string"},"revision":{"type":"integer"},"step":{"type":"string"},
          "inbox_url":{"type":"string"},"outcome":{"type":"object"},
          "modification":{"type":"object","properties":{"proposed":{"type":"object"},"current":{"type":"object"},"modified_by":{"type":"string"},"note":{"type":"string"}}},
          "closing":{"type":"object","properties":{"code":{"type":"string"},"reason":{"type":"string"},"tag":{"type":"string"}}},"next":{"type":"string"},"note":{"type":"string"}}}
        """;

    /// <summary>One approval.</summary>
    /// <param name="approval">The approval, as its reader may see it.</param>
    /// <param name="inboxUrl">Where people decide it, or null; it is told while it waits.</param>
    public static JsonObject Of(ApprovalView approval, string? inboxUrl = null)
    {
        var document = new JsonObject
        {
            ["status"] = StateName.Of(approval.State),
            ["id"] = approval.Id,
            ["uri"] = ApprovalUri.Of(approval.Id),
            ["capability"] = approval.Capability,
            ["summary"] = approval.Summary,
            ["reason"] = approval.Reason,
            ["created_at"] = Time(approval.CreatedAt),
            ["expires_at"] = Time(approval.ExpiresAt),
            ["revision"] = approval.Revision,
        };
        if (inboxUrl is not null && approval.State == ApprovalState.Pending)
        {
            document["inbox_url"] = inboxUrl;
        }

        if (approval.StepId is { } step)
        {
            document["step"] = step;
        }

        if (approval.Outcome is { } outcome)
        {
            document["outcome"] = Node(outcome);
        }

        if (approval.ClosingCode is { } code)
        {
            document["closing"] = Closing(code, approval);
        }

        if (approval.Modification is { } change)
        {
            document["modification"] = new JsonObject
            {
                ["proposed"] = Node(change.Original),
                ["current"] = Node(change.Current),
                ["modified_by"] = change.ModifiedBy,
                ["note"] = change.Note,
            };
        }

        document["next"] = NextText.Of(approval);
        if (approval.Case is { } shown)
        {
            document["case"] = CaseOf(shown);
        }

        return document;
    }

    /// <summary>An approver's queue.</summary>
    public static JsonObject Queue(IEnumerable<ApprovalView> approvals)
    {
        var items = new JsonArray([.. approvals.Select(Item)]);
        return new() { ["count"] = items.Count, ["pending"] = items };
    }

    /// <summary>A point in time as every answer writes it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Closing(string code, ApprovalView approval)
    {
        var closing = new JsonObject { ["code"] = code, ["reason"] = approval.ClosingReason };
        if (DecisionTags.NameOf(approval.ClosingTag) is { } tag)
        {
            closing["tag"] = tag;
        }

        return closing;
    }

    private static JsonNode Item(ApprovalView approval) => new JsonObject
    {
        ["id"] = approval.Id,
        ["uri"] = ApprovalUri.Of(approval.Id),
        ["capability"] = approval.Capability,
        ["summary"] = approval.Summary,
        ["requester"] = approval.Case?.Requester,
        ["reason"] = approval.Reason,
        ["expires_at"] = Time(approval.ExpiresAt),
        ["revision"] = approval.Revision,
    };

    private static JsonObject CaseOf(ApprovalCaseView shown) => new()
    {
        ["requester"] = shown.Requester,
        ["client"] = shown.Client,
        ["connection"] = shown.Connection,
        ["arguments"] = Node(shown.Arguments),
        ["request"] = Node(shown.Request),
        ["reasons"] = new JsonArray([.. shown.Reasons.Select(reason => (JsonNode)reason)]),
        ["findings"] = Node(shown.Findings),
        ["unverified_model_text"] = new JsonObject { ["user_request"] = shown.Narrative.UserRequest, ["reasoning"] = shown.Narrative.Reasoning },
        ["recent"] = new JsonArray([.. shown.Recent.Select(recent => (JsonNode)new JsonObject
        {
            ["step"] = recent.StepId,
            ["summary"] = recent.Summary,
            ["status"] = recent.Status,
            ["identical"] = recent.IsIdentical,
            ["at"] = Time(recent.At),
        })]),
        ["votes"] = new JsonArray([.. shown.Votes.Select(vote => (JsonNode)new JsonObject
        {
            ["voter"] = vote.Voter,
            ["revision"] = vote.Revision,
            ["decision"] = StateName.Of(vote.Decision),
            ["reason"] = vote.Reason,
            ["tag"] = DecisionTags.NameOf(vote.Tag),
            ["channel"] = vote.Channel,
            ["at"] = Time(vote.At),
        })]),
        ["approver_roles"] = new JsonArray([.. shown.ApproverRoles.Select(role => (JsonNode)role)]),
        ["quorum"] = shown.Quorum,
        ["may_change"] = Node(shown.Form),
        ["confirm"] = shown.Confirm,
        ["claimed_by"] = shown.ClaimedBy,
        ["notes"] = new JsonArray([.. shown.Notes.Select(note => (JsonNode)new JsonObject
        {
            ["author"] = note.Author,
            ["kind"] = StateName.Of(note.Kind),
            ["text"] = note.Text,
            ["channel"] = note.Channel,
            ["at"] = Time(note.At),
        })]),
        ["escalations"] = new JsonArray([.. shown.Escalations.Select(escalation => (JsonNode)new JsonObject
        {
            ["at"] = Time(escalation.At), ["roles"] = new JsonArray([.. escalation.Roles.Select(role => (JsonNode)role)]),
        })]),
    };

    // A case encloses received arguments, so it nests deeper than they may.
    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText(), documentOptions: new() { MaxDepth = 128 });
}

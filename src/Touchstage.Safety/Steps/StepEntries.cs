using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps;

/// <summary>The ledger entries of a step: what happened for anyone who may read, and sealed what <c>replay</c> and <c>simulate</c> need.</summary>
internal static class StepEntries
{
    /// <summary>The entry of a step that is about to be sent.</summary>
    /// <param name="permitted">What is sent.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="salt">The salt of the arguments' digest in its token.</param>
    /// <param name="at">When its limits are reserved.</param>
    /// <param name="openUntil">For a step that changes nothing: when it is over at the latest. Null for any other.</param>
    public static LedgerDraft Recorded(PermittedAction permitted, string stepId, string salt, DateTimeOffset at, DateTimeOffset? openUntil)
    {
        var action = permitted.Action;
        var body = new JsonObject
        {
            ["step"] = stepId,
            ["scope"] = permitted.Scope,
            ["capability"] = action.Capability.Name,
            ["manifest"] = action.Capability.Manifest.Digest,
            ["tenant_manifest"] = action.Scope.Tenant.Digest,
            ["connection"] = action.Scope.Connection.Name,
            ["principal"] = action.Caller.Principal.Key,
            ["session"] = action.Caller.SessionId,
            ["client"] = action.Caller.Client,
            ["roles"] = Texts(action.Caller.Roles),
            ["summary"] = action.Summary,
            ["arguments"] = action.MaskedArguments.ToNode(),
            ["request"] = permitted.MaskedRequest.For(stepId).Describe(),
        };
        if (permitted.LookUp?.OfStep is { } verified)
        {
            body["verifies"] = verified;
        }

        if (permitted.Judgement is { } judgement)
        {
            body["findings"] = DecisionRecord.Findings(judgement, Readers.Anyone);
            body["reasons"] = Texts(judgement.Reasons);
            body["permitting"] = Texts(judgement.Permitting.Select(p => p.Rule.Id));
        }

        if (permitted.Grant is { } grant)
        {
            body["approval"] = new JsonObject
            {
                ["id"] = grant.ApprovalId,
                ["revision"] = grant.Revision,
                ["digest"] = grant.RevisionDigest,
                ["approved_by"] = Texts(grant.ApprovedBy),
            };
        }

        return new(LedgerKind.StepRecorded, stepId, CanonicalJson.Of(body), Payload(permitted, stepId, salt, at, openUntil), Activity.Current?.TraceId.ToHexString());
    }

    /// <summary>The entry of a step's outcome.</summary>
    public static LedgerDraft Settled(string stepId, JsonObject body, CanonicalJson? payload) =>
        new(LedgerKind.StepSettled, stepId, CanonicalJson.Of(body), payload, Activity.Current?.TraceId.ToHexString());

    /// <summary>What a step sends and through which connection, to the byte: <c>{ connection, request }</c>. If anything of it is different, it may be another account's.</summary>
    public static CanonicalJson Sent(Connection connection, UpstreamRequest request, string stepId) =>
        CanonicalJson.Of(new JsonObject { ["connection"] = Describe(connection), ["request"] = request.For(stepId).Describe() });

    /// <summary>The same out of the payload of a step's entry; null if it does not hold it.</summary>
    public static CanonicalJson? SentOf(JsonElement payload) =>
        payload.TryGetProperty("connection", out var connection) && payload.TryGetProperty("request", out var request)
            ? CanonicalJson.Restore($$"""{"connection":{{connection.GetRawText()}},"request":{{request.GetRawText()}}}""")
            : null;

    private static JsonObject Describe(Connection connection)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in connection.Auth.Parameters)
        {
            parameters[name] = value;
        }

        return new()
        {
            ["name"] = connection.Name,
            ["base_url"] = connection.BaseUrl,
            ["audience"] = connection.Audience,
            ["auth"] = new JsonObject { ["type"] = connection.Auth.Type, ["parameters"] = parameters },
        };
    }

    private static CanonicalJson Payload(PermittedAction permitted, string stepId, string salt, DateTimeOffset at, DateTimeOffset? openUntil)
    {
        var payload = new JsonObject
        {
            ["arguments"] = permitted.Action.Arguments.ToNode(),
            ["arguments_salt"] = salt,
            ["connection"] = Describe(permitted.Action.Scope.Connection),
            ["request"] = permitted.Request.For(stepId).Describe(),
            ["recorded_at"] = RecordedJudgement.Text(at),
        };
        if (openUntil is { } until)
        {
            payload["open_until"] = RecordedJudgement.Text(until);
        }

        if (permitted.Judgement is { } judgement)
        {
            payload[RecordedJudgement.Member] = RecordedJudgement.Of(judgement);
        }

        return CanonicalJson.Of(payload);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// What a revision shows, as one sealed document: <c>{ arguments, request, request_digest, shown: { arguments, request }, form, findings, told, narrative: { user_request?, reasoning? }, client }</c>.
/// Only <c>arguments</c> and <c>request</c> hold sensitive values; <c>shown</c> has them masked.
/// </summary>
internal sealed class ApprovalCase
{
    // A case that was held by an earlier version has no form and no request behind the mask.
    private static readonly JsonElement NoForm = JsonElement.Parse("""{"type":"object","additionalProperties":false,"properties":{}}""");

    private ApprovalCase(CanonicalJson document) => Document = document;

    /// <summary>The document that is stored.</summary>
    public CanonicalJson Document { get; }

    /// <summary>The arguments as they would be sent, canonical JSON text.</summary>
    public string Arguments => Document.Root.GetProperty("arguments").GetRawText();

    /// <summary>The arguments, sensitive values included.</summary>
    public JsonElement RevealedArguments => Document.Root.GetProperty("arguments");

    /// <summary>The request, sensitive values included.</summary>
    public JsonElement RevealedRequest => Document.Root.TryGetProperty("request", out var request) ? request : ShownRequest;

    /// <summary>What a signed vote says of the request; see <see cref="StepTokens.RequestDigest"/>.</summary>
    public string RequestDigest => Document.Root.GetProperty("request_digest").GetString() ?? "";

    /// <summary>Whether something is masked.</summary>
    public bool HasSensitive => RevealedArguments.GetRawText() != ShownArguments.GetRawText();

    /// <summary>JSON Schema of an object whose properties are what a person may change.</summary>
    public JsonElement Form => Document.Root.TryGetProperty("form", out var form) ? form : NoForm;

    /// <summary>The arguments for people: sensitive values masked.</summary>
    public JsonElement ShownArguments => Document.Root.GetProperty("shown").GetProperty("arguments");

    /// <summary>The request for people: sensitive values masked.</summary>
    public JsonElement ShownRequest => Document.Root.GetProperty("shown").GetProperty("request");

    /// <summary>What each rule came to, sensitive values masked.</summary>
    public JsonElement Findings => Document.Root.GetProperty("findings");

    /// <summary>Why it waits, as the requester may be told.</summary>
    public string Told => Document.Root.GetProperty("told").GetString() ?? "";

    /// <summary>What the model said; unverified.</summary>
    public Narrative Narrative => new(Text("user_request"), Text("reasoning"));

    /// <summary>The requester's program.</summary>
    public string Client => Document.Root.GetProperty("client").GetString() ?? "";

    /// <summary>The case of a blocked action.</summary>
    public static ApprovalCase Of(Judgement judgement, ImmutableArray<string> reasons)
    {
        var action = judgement.Action;
        var narrative = new JsonObject();
        if (action.Narrative.UserRequest is { } request)
        {
            narrative["user_request"] = request;
        }

        if (action.Narrative.Reasoning is { } reasoning)
        {
            narrative["reasoning"] = reasoning;
        }

        return new(CanonicalJson.Of(new JsonObject
        {
            ["arguments"] = action.Arguments.ToNode(),
            ["request"] = action.Request.Describe(),
            ["request_digest"] = StepTokens.RequestDigest.Of(RequestBinding.Compute(action.Request.Method, action.Request.Uri, [], action.Request.Body.AsSpan())),
            ["shown"] = new JsonObject { ["arguments"] = action.MaskedArguments.ToNode(), ["request"] = action.MaskedRequest.Describe() },
            ["form"] = FormOf(action.Capability),
            ["findings"] = DecisionRecord.Findings(judgement, Readers.Approvers),
            ["told"] = ReasonText.For(reasons, judgement.Because),
            ["narrative"] = narrative,
            ["client"] = action.Caller.Client,
        }));
    }

    /// <summary>The case of a stored revision.</summary>
    public static ApprovalCase Of(ApprovalRevision revision) => new(revision.Case);

    // Each property as it is published; what is required stays so, for a change cannot take it away.
    private static JsonObject FormOf(Capability capability)
    {
        var modify = capability.Approval?.Modify ?? [];
        var input = JsonNode.Parse(capability.Input.Publish().GetRawText())!.AsObject();
        return new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. modify.Where(capability.Input.Required.Contains).Select(name => (JsonNode?)name)]),
            ["properties"] = new JsonObject((input["properties"] as JsonObject ?? []).Where(property => modify.Contains(property.Key, StringComparer.Ordinal))
                .Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone()))),
        };
    }

    private string? Text(string name) =>
        Document.Root.GetProperty("narrative").TryGetProperty(name, out var value) ? value.GetString() : null;
}

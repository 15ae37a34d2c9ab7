using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>Reads the result out of a 2xx answer: JSON, cut to what is declared, free of secrets, and fitting its schema; else a reason why there is none.</summary>
internal static class ResultReader
{
    // The protocol puts its own envelopes around a result, and clients stop reading at 64.
    private const int MaxDepth = 48;

    /// <summary>The result, or why there is none; both null where nothing of the answer is to be handed on.</summary>
    public static (CanonicalJson? Result, Refusal? Why) Read(EgressAnswer answer, PermittedAction action, Scrubber scrubber)
    {
        var (schema, select) = action.LookUp is { } lookUp ? (lookUp.Output, []) : (action.Action.Capability.Response.Output, action.Action.Capability.Response.Select);
        if (schema is null)
        {
            return (null, null);
        }

        if (!answer.IsReadable)
        {
            return (null, UpstreamRefusals.ResultWithheld());
        }

        if (!answer.Body.IsEmpty && !IsJson(answer.MediaType))
        {
            return (null, UpstreamRefusals.NotJsonAnswer());
        }

        if (!CanonicalJson.Parse(answer.Body.AsSpan()).TryGet(out _, out var no))
        {
            return (null, no.Code == ArgumentRefusals.NotJson && !answer.Body.IsEmpty ? UpstreamRefusals.NotJsonAnswer() : UpstreamRefusals.ResultWithheld());
        }

        return Fit(answer, schema, select, scrubber, isEvidence: action.LookUp?.OfStep is not null) is { } result ? (result, null) : (null, UpstreamRefusals.ResultWithheld());
    }

    /// <summary>Whether the media type is JSON: <c>application/json</c>, or anything that ends in <c>+json</c> (RFC 6839).</summary>
    public static bool IsJson([NotNullWhen(true)] string? mediaType) =>
        mediaType is not null && (mediaType is "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal));

    private static int Depth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    // Invariant: what is handed on fits the schema after scrubbing; a mask in a place that cannot hold one withholds the whole, and evidence holds none at all.
    private static CanonicalJson? Fit(EgressAnswer answer, JsonSchema schema, ImmutableArray<string> select, Scrubber scrubber, bool isEvidence)
    {
        // The members as they came, for a secret may be split over them in that order; they are read only after the same bytes were found to be one canonical value.
        var asCame = DeclaredPart.Of(JsonElement.Parse(answer.Body.AsSpan(), new() { MaxDepth = CanonicalLimits.Composed.Depth }), schema, select);
        var part = CanonicalJson.Of(asCame);
        return Depth(part.Root) <= MaxDepth && scrubber.Scrub(asCame, part) is { } scrubbed && schema.Validate(scrubbed).IsEmpty && (!isEvidence || scrubbed.Text == part.Text)
            ? scrubbed
            : null;
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// The HTTP request that a proposed action comes to, to the byte, before any credential: what people are shown, what the step token is bound to and what is sent. Pure data.
/// </summary>
internal sealed class UpstreamRequest
{
    public UpstreamRequest(string method, string uri, ImmutableArray<HeaderField> headers, ImmutableArray<byte> body, string? idempotencyHeader)
    {
        Method = method;
        Uri = uri;
        Headers = [.. headers.OrderBy(h => h.Name, StringComparer.Ordinal)];
        Body = body.IsDefault ? [] : body;
        IdempotencyHeader = idempotencyHeader;
    }

    /// <summary>The method, upper case.</summary>
    public string Method { get; }

    /// <summary>The absolute target URI exactly as it will be sent, with query, without fragment.</summary>
    public string Uri { get; }

    /// <summary>Argument-mapped headers and <c>content-type</c>, and the idempotency header once the step is known; sorted by name, each name once.</summary>
    public ImmutableArray<HeaderField> Headers { get; }

    /// <summary>The content, empty for none.</summary>
    public ImmutableArray<byte> Body { get; }

    /// <summary>The header that is to carry the step's <c>txn</c>, lower case, or null.</summary>
    public string? IdempotencyHeader { get; }

    /// <summary>The request of one step: the idempotency header carries its <c>txn</c>.</summary>
    public UpstreamRequest For(string stepId) => IdempotencyHeader is null
        ? this
        : new(Method, Uri, [.. Headers.Where(h => h.Name != IdempotencyHeader), new(IdempotencyHeader, stepId)], Body, IdempotencyHeader);

    /// <summary>The request as JSON (<c>{ method, uri, headers, body }</c>; a JSON body as JSON), for people and for digests.</summary>
    public JsonObject Describe()
    {
        var headers = new JsonObject();
        foreach (var header in Headers)
        {
            headers[header.Name] = header.Value;
        }

        if (IdempotencyHeader is not null && Headers.All(h => h.Name != IdempotencyHeader))
        {
            headers[IdempotencyHeader] = "(the step's id)";
        }

        var text = Encoding.UTF8.GetString(Body.AsSpan());
        JsonNode? body = Body.IsEmpty ? null : CanonicalJson.Parse(text).TryGet(out var json, out _) ? json.ToNode() : JsonValue.Create(text);
        return new JsonObject { ["method"] = Method, ["uri"] = Uri, ["headers"] = headers, ["body"] = body };
    }
}

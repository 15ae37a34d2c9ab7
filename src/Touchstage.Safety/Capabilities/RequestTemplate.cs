using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// How arguments become an HTTP request: RFC 6570 simple expansion in the path, then query, headers and a JSON body. Pure: the same base URL and arguments give the same bytes.
/// </summary>
internal sealed class RequestTemplate
{
    /// <summary>The longest target URI that is sent.</summary>
    public const int MaxUriLength = 8_192;

    /// <summary>The method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path's segments, in order.</summary>
    public required ImmutableArray<ValueTemplate> Path { get; init; }

    /// <summary>Query parameters by name; rendered in ordinal order.</summary>
    public ImmutableSortedDictionary<string, ValueTemplate> Query { get; init; } = ImmutableSortedDictionary<string, ValueTemplate>.Empty;

    /// <summary>Header fields by lower-case name.</summary>
    public ImmutableSortedDictionary<string, ValueTemplate> Headers { get; init; } = ImmutableSortedDictionary<string, ValueTemplate>.Empty;

    /// <summary>The JSON content, or null for none.</summary>
    public BodyTemplate? Body { get; init; }

    /// <summary>The header that carries the step's <c>txn</c>, lower case, or null.</summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>For how long the upstream recognises that header's value.</summary>
    public TimeSpan IdempotencyWindow { get; init; }

    /// <summary>The arguments in the path, each once.</summary>
    public IEnumerable<string> ArgumentsInPath => Path.SelectMany(s => s.Arguments).Distinct(StringComparer.Ordinal);

    /// <summary>The arguments in the query, each once.</summary>
    public IEnumerable<string> ArgumentsInQuery => Query.Values.SelectMany(q => q.Arguments).Distinct(StringComparer.Ordinal);

    /// <summary>The arguments in headers, each once.</summary>
    public IEnumerable<string> ArgumentsInHeaders => Headers.Values.SelectMany(h => h.Arguments).Distinct(StringComparer.Ordinal);

    /// <summary>Whether the request names an argument outside of its body.</summary>
    public bool Names(string argument) => ArgumentsInPath.Concat(ArgumentsInQuery).Concat(ArgumentsInHeaders).Contains(argument, StringComparer.Ordinal);

    /// <summary>
    /// The request for these arguments. Optional arguments that are absent are left out; what cannot stand where it belongs without changing the
    /// request's structure is refused.
    /// </summary>
    /// <param name="baseUrl">The connection's base URL, absolute and without a trailing slash.</param>
    /// <param name="arguments">The canonical arguments.</param>
    public Result<UpstreamRequest> Render(string baseUrl, CanonicalJson arguments)
    {
        var values = new ArgumentValues(arguments);
        if (RenderPath(values, out var path) is { } badPath)
        {
            return badPath;
        }

        if (RenderQuery(values, out var query) is { } badQuery)
        {
            return badQuery;
        }

        var uri = baseUrl + path + query;
        if (!IsByteExact(uri))
        {
            return CapabilityRefusals.Unrenderable("The arguments make an address that an HTTP client would send differently, or one that is too long.");
        }

        if (RenderHeaders(values, out var headers) is { } badHeader)
        {
            return badHeader;
        }

        var body = RenderBody(values);
        return new UpstreamRequest(Method, uri, body.IsEmpty ? headers : headers.Add(new("content-type", "application/json")), body, IdempotencyHeader);
    }

    // Invariant: what people are shown and what the step token is bound to is what goes over the wire.
    private static bool IsByteExact(string uri) =>
        uri.Length <= MaxUriLength && Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.AbsoluteUri == uri && parsed.Fragment.Length == 0;

    private Refusal? RenderPath(ArgumentValues values, out string path)
    {
        path = "";
        foreach (var segment in Path)
        {
            if (segment.Expand(values.TextOf) is not { } raw)
            {
                return CapabilityRefusals.Unrenderable($"{Names(segment)} must be given as text, a number or a truth value: it stands in the request's path.");
            }

            if (segment.Arguments.Any() && !PathSegment.IsSafe(raw))
            {
                return CapabilityRefusals.Unrenderable(
                    $"{Names(segment)} cannot stand in the request's path: there it must not be empty, hold control characters, or come to `.` or `..`.");
            }

            path += "/" + segment.Expand(name => Uri.EscapeDataString(values.TextOf(name)!));
        }

        return null;
    }

    private Refusal? RenderQuery(ArgumentValues values, out string query)
    {
        var pairs = new List<string>();
        query = "";
        foreach (var (name, template) in Query)
        {
            if (template.Arguments.Any(values.IsAbsent))
            {
                continue;
            }

            var texts = template.Whole is { } only ? values.TextsOf(only) : template.Expand(values.TextOf) is { } text ? [text] : null;
            if (texts is null)
            {
                return CapabilityRefusals.Unrenderable($"{Names(template)} cannot stand in the request's query: only text, numbers, truth values and lists of them can.");
            }

            pairs.AddRange(texts.Select(text => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(text)}"));
        }

        query = pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
        return null;
    }

    private Refusal? RenderHeaders(ArgumentValues values, out ImmutableArray<HeaderField> headers)
    {
        headers = [];
        foreach (var (name, template) in Headers)
        {
            if (template.Arguments.Any(values.IsAbsent))
            {
                continue;
            }

            if (template.Expand(values.TextOf) is not { } value || !HeaderRules.IsValue(value))
            {
                return CapabilityRefusals.Unrenderable(
                    $"{Names(template)} cannot stand in the request's header {name}: there only visible ASCII characters, with spaces between them, can.");
            }

            headers = headers.Add(new(name, value));
        }

        return null;
    }

    private ImmutableArray<byte> RenderBody(ArgumentValues values) =>
        Body is not null && Body.TryRender(values, out JsonNode? node) ? CanonicalJson.Of(node).Bytes : [];

    private static string Names(ValueTemplate template) => string.Join(" and ", template.Arguments.Select(a => $"`{a}`"));
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads how arguments become a request, for a capability and for a look-up.</summary>
internal sealed class RequestReader(ManifestSection section, ArgumentTable? arguments)
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);

    private string method = "GET";

    /// <summary>A capability's request. Arguments that it names nowhere go into the body, or the query of GET, HEAD and DELETE.</summary>
    public RequestTemplate? Read(bool isReadOnly)
    {
        if (section.Require("method"))
        {
            method = section.Word("method", isReadOnly ? "GET" : "POST", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
        }

        if (isReadOnly && method is not "GET" and not "HEAD")
        {
            section.Report("method", $"A readOnly capability cannot send {method}.", "use GET or HEAD, or declare the effects additive or destructive.");
        }

        var (path, query, headers) = ReadTarget();
        var body = ReadBody();
        var (idempotencyHeader, window) = ReadIdempotency(headers);
        return path is null ? null : Complete(new()
        {
            Method = method,
            Path = path.Value,
            Query = query,
            Headers = headers,
            Body = body,
            IdempotencyHeader = idempotencyHeader,
            IdempotencyWindow = window,
        });
    }

    /// <summary>A look-up's request: always GET, and only what it names is sent.</summary>
    public RequestTemplate? ReadLookUp()
    {
        if (section.Has("method") && section.Node("method") is not JsonValue value || section.Node("method")?.ToString() is not (null or "GET"))
        {
            section.Report("method", "It is looked up with GET alone: a look-up must change nothing, and its answer is read.", "remove `method`.");
        }

        var (path, query, headers) = ReadTarget();
        return path is null ? null : new() { Method = "GET", Path = path.Value, Query = query, Headers = headers };
    }

    private (ImmutableArray<ValueTemplate>? Path, ImmutableSortedDictionary<string, ValueTemplate> Query, ImmutableSortedDictionary<string, ValueTemplate> Headers) ReadTarget()
    {
        var path = section.Require("path") && section.Text("path") is { } text ? new PathReader(section, arguments).Read(text) : null;
        return (path, ReadQuery(), ReadHeaders());
    }

    private ImmutableSortedDictionary<string, ValueTemplate> ReadQuery()
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, ValueTemplate>(StringComparer.Ordinal);
        foreach (var (name, template, pointer) in Templates("query"))
        {
            result[name] = template;
            foreach (var argument in template.Arguments.Where(a => arguments is not null))
            {
                CheckQuery(argument, pointer, template.Whole is not null);
            }
        }

        return result.ToImmutable();
    }

    private void CheckQuery(string argument, string pointer, bool mayBeList)
    {
        if (arguments!.IsSensitive(argument))
        {
            section.Document.Report(
                pointer, $"The sensitive argument `{argument}` would stand in the query, and so in the logs of every server on the way.",
                "send it in the body or in a header.");
        }
        else if (mayBeList ? !arguments.IsScalarOrList(argument) : !arguments.IsScalar(argument))
        {
            section.Document.Report(
                pointer, $"`{argument}` cannot stand in the query: its declared type is not text, a number, a truth value or a list of them.", "declare its `type`, or send it in the body.");
        }
    }

    private ImmutableSortedDictionary<string, ValueTemplate> ReadHeaders()
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, ValueTemplate>(StringComparer.Ordinal);
        foreach (var (name, template, pointer) in Templates("headers"))
        {
            CheckHeaderName(name, pointer);
            if (!result.TryAdd(name.ToLowerInvariant(), template))
            {
                section.Document.ReportKey(pointer, $"The header `{name}` is mapped twice.", "remove one of the two.");
            }

            foreach (var argument in template.Arguments.Where(a => arguments?.IsScalar(a) == false))
            {
                section.Document.Report(
                    pointer, $"`{argument}` cannot stand in a header: its declared type is not text, a number or a truth value.",
                    "declare its `type`, or send it in the body.");
            }

            if (!template.Arguments.Any() && !HeaderRules.IsValue(string.Concat(template.Parts.Select(p => p.Text))))
            {
                section.Document.Report(pointer, "The value cannot stand in a header.", "use visible ASCII characters, with spaces between them.");
            }
        }

        return result.ToImmutable();
    }

    private void CheckHeaderName(string name, string pointer)
    {
        if (!HeaderRules.IsName(name))
        {
            section.Document.ReportKey(pointer, $"`{name}` is not a header's name.", "use letters, digits and `-`.");
        }
        else if (HeaderRules.IsReserved(name))
        {
            section.Document.ReportKey(pointer, $"The header `{name}` is the server's own; no manifest can set it.", "remove it.");
        }
    }

    private BodyTemplate? ReadBody()
    {
        if (!section.Has("body"))
        {
            return null;
        }

        if (method is "GET" or "HEAD" or "DELETE")
        {
            section.ReportKey("body", $"{method} carries no body.", "map the arguments under `query`.");
        }

        return ReadBody(section.Node("body"), section.At("body"));
    }

    private BodyTemplate ReadBody(JsonNode? node, string pointer)
    {
        switch (node)
        {
            case JsonObject members:
                return new BodyTemplate.Mapping(members.ToImmutableSortedDictionary(
                    m => m.Key, m => ReadBody(m.Value, ManifestDocument.Child(pointer, m.Key)), StringComparer.Ordinal));
            case JsonArray items:
                return new BodyTemplate.Sequence([.. items.Select((item, index) => ReadBody(item, ManifestDocument.Child(pointer, index)))]);
            case JsonValue value when value.TryGetValue(out string? text) && Template(text, pointer) is { } template:
                foreach (var argument in template.Arguments.Where(a => template.Whole is null && arguments?.IsScalar(a) == false))
                {
                    section.Document.Report(
                        pointer, $"`{argument}` cannot stand inside text.", $"write \"{{{argument}}}\" alone: then it keeps its JSON type.");
                }

                return template.Arguments.Any() ? new BodyTemplate.Value(template) : new BodyTemplate.Literal(value.ToJsonString());
            default:
                return new BodyTemplate.Literal(node?.ToJsonString() ?? "null");
        }
    }

    private (string? Header, TimeSpan Window) ReadIdempotency(ImmutableSortedDictionary<string, ValueTemplate> headers)
    {
        if (section.Section("idempotency") is not { } idempotency)
        {
            return (null, TimeSpan.Zero);
        }

        var header = idempotency.RequiredText("header");
        var window = idempotency.Duration("window", DefaultWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        idempotency.Done();
        if (header.Length > 0)
        {
            CheckHeaderName(header, idempotency.At("header"));
        }

        if (headers.ContainsKey(header.ToLowerInvariant()))
        {
            idempotency.Report("header", $"The header `{header}` is mapped to an argument too.", "remove it under `headers`: its value is the step's id.");
        }

        return (header.ToLowerInvariant(), window);
    }

    private RequestTemplate Complete(RequestTemplate request)
    {
        var used = request.ArgumentsInPath.Concat(request.ArgumentsInQuery).Concat(request.ArgumentsInHeaders).Concat(request.Body?.Arguments ?? []);
        var rest = arguments is null ? [] : arguments.Names.Except(used, StringComparer.Ordinal).ToArray();
        if (request.Body is not null)
        {
            foreach (var name in rest)
            {
                section.Document.ReportKey(
                    ManifestDocument.Child("/input/properties", name), $"The argument `{name}` is sent nowhere.",
                    $"add it to request.body, such as `{name}: \"{{{name}}}\"`, or remove it.");
            }

            return request;
        }

        return method is "GET" or "HEAD" or "DELETE"
            ? With(request, request.Query.AddRange(rest.Where(n => MayJoinQuery(request, n)).Select(n => KeyValuePair.Create(n, ValueTemplate.For(n)))), body: null)
            : With(request, request.Query, rest.Length == 0 ? null : BodyTemplate.Of(rest));
    }

    private bool MayJoinQuery(RequestTemplate request, string name)
    {
        var pointer = ManifestDocument.Child("/input/properties", name);
        if (request.Query.ContainsKey(name))
        {
            section.Document.ReportKey(
                pointer, $"The argument `{name}` would go into the query under a name that request.query uses for something else.",
                $"map `{name}` under request.query.");
            return false;
        }

        CheckQuery(name, pointer, mayBeList: true);
        return true;
    }

    private static RequestTemplate With(RequestTemplate request, ImmutableSortedDictionary<string, ValueTemplate> query, BodyTemplate? body) => new()
    {
        Method = request.Method,
        Path = request.Path,
        Query = query,
        Headers = request.Headers,
        Body = body,
        IdempotencyHeader = request.IdempotencyHeader,
        IdempotencyWindow = request.IdempotencyWindow,
    };

    private IEnumerable<(string Name, ValueTemplate Template, string Pointer)> Templates(string name)
    {
        if (section.Section(name) is not { } mapping)
        {
            yield break;
        }

        foreach (var key in mapping.Keys)
        {
            var text = mapping.Node(key) is JsonValue value && value.GetValueKind() is not JsonValueKind.Null ? value.ToString() : null;
            if (text is null)
            {
                mapping.Report(key, $"`{key}` must be text with placeholders, a number or a truth value.", $"write {key}: \"{{argument}}\".");
            }
            else if (Template(text, mapping.At(key)) is { } template)
            {
                yield return (key, template, mapping.At(key));
            }
        }
    }

    private ValueTemplate? Template(string text, string pointer)
    {
        var template = ValueTemplate.Parse(text, out var complaint);
        if (template is null)
        {
            section.Document.Report(pointer, $"In `{text}`, {complaint}", "write placeholders as {argument}.");
            return null;
        }

        return arguments is null || arguments.Knows(template.Arguments, section.Document, pointer) ? template : null;
    }
}

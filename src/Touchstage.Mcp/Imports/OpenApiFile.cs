using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Microsoft.OpenApi.YamlReader;
using SharpYaml;
using SharpYaml.Serialization;

namespace Touchstage.Mcp.Imports;

/// <summary>
/// An OpenAPI document as JSON, 3.0 or later. It is somebody else's: bounded in size, depth and number of values, and nothing that it refers to is ever fetched or opened.
/// YAML and OpenAPI 2.0 are read by Microsoft.OpenApi; a document of 3.x is taken as it stands, because the library's model loses some of what must be listed.
/// </summary>
/// <param name="Root">The document.</param>
/// <param name="Version">What it says of itself, such as 3.0.3.</param>
/// <param name="Complaints">What Microsoft.OpenApi found wrong with it.</param>
internal sealed record OpenApiFile(JsonObject Root, string Version, IReadOnlyList<string> Complaints)
{
    /// <summary>The largest document that is read.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int MostDepth = 64;
    private const int MostComplaints = 50;

    private static readonly Uri Nowhere = new("https://document.invalid/");
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    /// <summary>Whether schemas are those of OpenAPI 3.0, and not JSON Schema 2020-12.</summary>
    public bool IsOfVersion30 => Version.StartsWith("3.0", StringComparison.Ordinal);

    /// <summary>Reads a document.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="problem">Why it is none, if it is none.</param>
    public static OpenApiFile? Read(byte[] content, out string problem)
    {
        problem = "";
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
            if ((text.AsSpan().TrimStart() is ['{' or '[', ..] ? ReadJson(text) : ReadYaml(text)) is not JsonObject root)
            {
                problem = "It is no mapping, so it is no OpenAPI document.";
                return null;
            }

            if (Shapes.Text(root, "swagger") is { } older)
            {
                return older.StartsWith("2.", StringComparison.Ordinal) ? Upgrade(root, out problem) : Unsupported(older, out problem);
            }

            return Shapes.Text(root, "openapi") is not { } version ? Unsupported("(none)", out problem)
                : version.StartsWith("3.", StringComparison.Ordinal) ? new(root, version, Complain(root))
                : Unsupported(version, out problem);
        }
        catch (Exception wrong) when (wrong is JsonException or YamlException or DecoderFallbackException or OpenApiException or InvalidOperationException or ArgumentException or FormatException)
        {
            problem = $"It cannot be read: {wrong.Message}";
            return null;
        }
    }

    private static OpenApiFile? Unsupported(string version, out string problem)
    {
        problem = $"It says that it is OpenAPI {version}; 2.0 and 3.x are read.";
        return null;
    }

    private static JsonNode? ReadJson(string text)
    {
        var root = JsonNode.Parse(text, nodeOptions: null, Strict);
        Demand(root);
        return root;
    }

    private static JsonNode? ReadYaml(string text)
    {
        // The parser refuses what nests deeper than 64; the converter what aliases expand to more than 5,000 values.
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents is not [var only])
        {
            throw new JsonException("a file holds one document.");
        }

        // Through text, so that every value is a plain one, and keys that YAML holds twice are found.
        var spelled = Nulls(YamlConverter.ToJsonNode(only))?.ToJsonString() ?? "null";
        return ReadJson(spelled);
    }

    // The converter writes a text of its own in the place of null.
    private static JsonNode? Nulls(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                foreach (var (name, value) in mapping.ToArray())
                {
                    if (value is JsonObject or JsonArray)
                    {
                        Nulls(value);
                    }
                    else if (value is not null && value.IsJsonNullSentinel())
                    {
                        mapping[name] = null;
                    }
                }

                return mapping;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    if (list[index] is JsonObject or JsonArray)
                    {
                        Nulls(list[index]);
                    }
                    else if (list[index] is { } value && value.IsJsonNullSentinel())
                    {
                        list[index] = null;
                    }
                }

                return list;
            default:
                return node is not null && node.IsJsonNullSentinel() ? null : node;
        }
    }

    // Text with half a surrogate pair parses, and throws when it is read: so that is found out here, once.
    private static void Demand(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                foreach (var (_, value) in mapping)
                {
                    Demand(value);
                }

                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    Demand(value);
                }

                break;
            default:
                _ = Shapes.Text(node);
                break;
        }
    }

    private static OpenApiFile? Upgrade(JsonObject root, out string problem)
    {
        problem = "";
        var read = Parse(root);
        if (read.Document is not { } document)
        {
            problem = $"It cannot be read: {read.Diagnostic?.Errors.FirstOrDefault()?.Message ?? "Microsoft.OpenApi makes nothing of it."}";
            return null;
        }

        using var written = new StringWriter();
        document.SerializeAsV3(new OpenApiJsonWriter(written));
        return new((JsonObject)ReadJson(written.ToString())!, "3.0, made of 2.0", ComplaintsOf(read));
    }

    // What the library says of the document is worth telling; that it stumbles over one is no reason not to read it.
    private static string[] Complain(JsonObject root)
    {
        try
        {
            return ComplaintsOf(Parse(root));
        }
        catch (Exception stumbled) when (stumbled is not OutOfMemoryException)
        {
            return [$"Microsoft.OpenApi could not check the document ({stumbled.GetType().Name}); it is read as it stands."];
        }
    }

    private static ReadResult Parse(JsonObject root) =>
        new OpenApiJsonReader().Read(root.DeepClone(), Nowhere, new() { LoadExternalRefs = false });

    private static string[] ComplaintsOf(ReadResult read)
    {
        string[] all = [.. (read.Diagnostic?.Errors ?? []).Concat(read.Diagnostic?.Warnings ?? []).Select(error => $"{error.Pointer} {error.Message}".Trim()).Distinct(StringComparer.Ordinal)];
        return all.Length <= MostComplaints ? all : [.. all.Take(MostComplaints), $"… and {all.Length - MostComplaints} more."];
    }
}

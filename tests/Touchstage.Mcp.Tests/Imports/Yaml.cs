using System.Text.Json.Nodes;
using Microsoft.OpenApi.YamlReader;
using SharpYaml.Serialization;

namespace Touchstage.Mcp.Tests.Imports;

/// <summary>Reads YAML with another reader than the one that manifests are loaded with.</summary>
internal static class Yaml
{
    // What that reader writes in the place of null.
    private const string Null = "\"openapi-json-null-sentinel-value-2BF93600-0FE4-4250-987A-E5DDB203E464\"";

    public static JsonNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return JsonNode.Parse(YamlConverter.ToJsonNode(stream.Documents.ShouldHaveSingleItem())!.ToJsonString().Replace(Null, "null", StringComparison.Ordinal))!;
    }
}

using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>Finds and reads the official CEL data and its tagged values.</summary>
internal static class CelConformance
{
    public static string? Folder { get; } = Find();

    public static IEnumerable<JsonElement> Cases() => Directory.GetFiles(Folder!, "*.jsonl")
        .Order(StringComparer.Ordinal)
        .SelectMany(File.ReadLines)
        .Select(line => JsonDocument.Parse(line).RootElement);

    public static CelValue Value(JsonElement tagged)
    {
        var tag = tagged.EnumerateObject().Single();
        return tag.Name switch
        {
            "int" => CelValue.Of(long.Parse(tag.Value.GetString()!, CultureInfo.InvariantCulture)),
            "double" => CelValue.Of(double.Parse(tag.Value.GetString()!, CultureInfo.InvariantCulture)),
            "bool" => CelValue.Of(tag.Value.GetBoolean()),
            "string" => CelValue.Of(tag.Value.GetString()!),
            "bytes" => CelValue.Of([.. tag.Value.GetBytesFromBase64()]),
            "null" => CelValue.Null,
            "list" => CelValue.List(tag.Value.EnumerateArray().Select(Value)),
            "map" => CelValue.Map(tag.Value.EnumerateArray().Select(e => KeyValuePair.Create(Value(e[0]), Value(e[1])))),
            "timestamp" => CelTime.ParseTimestamp(tag.Value.GetString()!),
            "duration" => CelTime.ParseDuration(tag.Value.GetString()!),
            _ => throw new InvalidOperationException($"No value of kind {tag.Name} is in scope."),
        };
    }

    public static CelType Type(string name) => name switch
    {
        "int" => CelType.Int,
        "double" => CelType.Double,
        "bool" => CelType.Bool,
        "string" => CelType.String,
        "google.protobuf.Duration" => CelType.Duration,
        "list(int)" => CelType.List(CelType.Int),
        "map(string, string)" => CelType.Map(CelType.String, CelType.String),
        _ => throw new InvalidOperationException($"No type {name} is in scope."),
    };

    private static string? Find()
    {
        string? shared = Environment.GetEnvironmentVariable("TOUCHSTAGE_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Touchstage.Mcp.sln")))
            {
                shared = Path.Combine(folder.FullName, "..", "shared");
            }
        }

        string path = Path.Combine(shared ?? "", "conformance", "cel", "core");
        return shared is not null && Directory.Exists(path) ? path : null;
    }
}

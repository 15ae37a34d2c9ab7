using System.Text.Json;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Conditions.TaggedValues;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>Finds the official CEL data, and asks one case of it.</summary>
internal static class CelConformance
{
    private static readonly string[] LeftOut = ["block_ext.jsonl", "network_ext.jsonl"];

    public static string? Folder { get; } = Find();

    /// <summary>Every case but those of the libraries that are not part of the language here.</summary>
    public static IEnumerable<JsonElement> Cases() => Directory.GetFiles(Folder!, "*.jsonl", SearchOption.AllDirectories)
        .Where(file => !LeftOut.Contains(Path.GetFileName(file), StringComparer.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(File.ReadLines)
        .Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>The case's name. Upstream has two cases of the same name three times over; the expression tells them apart.</summary>
    public static string Name(JsonElement test) => string.Join('/', new[] { "file", "section", "name" }.Select(key => test.GetProperty(key).GetString()));

    /// <summary>What is wrong with an answer to the case, or null.</summary>
    public static string? Misfit(JsonElement test, IPolicyLanguage language)
    {
        var expect = test.GetProperty("expect");
        if (expect.TryGetProperty("type", out var type))
        {
            string checkOnly = test.GetRawText().Replace("\"checkOnly\":false", "\"checkOnly\":true", StringComparison.Ordinal).Replace("\"checkOnly\": false", "\"checkOnly\": true", StringComparison.Ordinal);
            string answered = language.Evaluate(checkOnly);
            if (JsonDocument.Parse(answered).RootElement.TryGetProperty("type", out var deduced) is false || deduced.GetString() != type.GetString())
            {
                return answered;
            }
        }

        if (!expect.TryGetProperty("value", out var value) && !expect.TryGetProperty("error", out _))
        {
            return null;
        }

        string answer = language.Evaluate(test.GetRawText());
        bool fits = JsonDocument.Parse(answer).RootElement.EnumerateObject().Single() is var only && (value.ValueKind == JsonValueKind.Undefined
            ? only.Name == "error"
            : only.Name == "value" && IsSame(TaggedValue.Read(value), TaggedValue.Read(only.Value)));
        return fits ? null : answer;
    }

    /// <summary>The very same: also in kind, in the sign of a zero, and NaN is NaN.</summary>
    private static bool IsSame(CelValue a, CelValue b) => a.Kind == b.Kind && a.IsValue && a.Kind switch
    {
        CelKind.Double => a.AsDouble.Equals(b.AsDouble) && (double.IsNaN(a.AsDouble) || double.IsNegative(a.AsDouble) == double.IsNegative(b.AsDouble)),
        CelKind.List => a.AsList.Length == b.AsList.Length && a.AsList.Zip(b.AsList).All(p => IsSame(p.First, p.Second)),
        CelKind.Map => a.AsMap.Count == b.AsMap.Count && a.AsMap.All(e => b.AsMap.Any(o => IsSame(e.Key, o.Key) && IsSame(e.Value, o.Value))),
        _ => CelOrder.AreEqual(a, b),
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

        string path = Path.Combine(shared ?? "", "conformance", "cel");
        return shared is not null && Directory.Exists(path) ? path : null;
    }
}

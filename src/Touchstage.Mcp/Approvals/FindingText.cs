using System.Text.Json;

namespace Touchstage.Mcp.Approvals;

/// <summary>What each rule came to, <c>[{ rule, effect, condition, outcome, error?, reads }]</c>, in lines for a person.</summary>
internal static class FindingText
{
    public static IEnumerable<string> Of(JsonElement findings) =>
        findings.ValueKind == JsonValueKind.Array ? findings.EnumerateArray().Where(finding => finding.ValueKind == JsonValueKind.Object).SelectMany(Lines) : [];

    private static IEnumerable<string> Lines(JsonElement finding)
    {
        yield return $"{Text(finding, "effect")} rule {Text(finding, "rule")} was {Text(finding, "outcome")}: {Text(finding, "condition")}";
        if (finding.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
        {
            yield return $"  it could not be evaluated: {Plain(error)}";
        }

        if (finding.TryGetProperty("reads", out var reads) && reads.ValueKind == JsonValueKind.Object)
        {
            foreach (var read in reads.EnumerateObject())
            {
                yield return $"  {read.Name} = {read.Value.GetRawText()}";
            }
        }
    }

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? Plain(value) : "?";

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

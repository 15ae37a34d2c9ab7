using System.Text.Json;

namespace Touchstage.Mcp.Approvals;

/// <summary>What each rule came to, <c>[{ rule, effect, condition, outcome, error?, reads, mode?, would_have?, age_seconds? }]</c>, in lines for a person.</summary>
internal static class FindingText
{
    public static IEnumerable<string> Of(JsonElement findings) =>
        findings.ValueKind == JsonValueKind.Array ? findings.EnumerateArray().Where(finding => finding.ValueKind == JsonValueKind.Object).SelectMany(Lines) : [];

    private static IEnumerable<string> Lines(JsonElement finding)
    {
        var isShadow = finding.TryGetProperty("mode", out var mode) && mode.ValueEquals("shadow");
        yield return $"{(isShadow ? "shadow " : "")}{Text(finding, "effect")} rule {Text(finding, "rule")} was {Text(finding, "outcome")}: {Text(finding, "condition")}";
        if (isShadow)
        {
            yield return finding.TryGetProperty("would_have", out var effect)
                ? $"  it is only watched and decided nothing; it would have {Plain(effect)}"
                : "  it is only watched and decided nothing";
        }

        if (finding.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
        {
            yield return $"  it could not be evaluated: {Plain(error)}";
        }

        foreach (var fact in finding.TryGetProperty("age_seconds", out var ages) && ages.ValueKind == JsonValueKind.Object ? ages.EnumerateObject().ToArray() : [])
        {
            yield return $"  the fact {fact.Name} was looked up {fact.Value.GetRawText()} s before";
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

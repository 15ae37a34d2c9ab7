using System.Text.Json;

namespace Touchstage.Mcp.Approvals;

/// <summary>What differs between two sets of arguments, in lines for a person: <c>-</c> as it was, <c>+</c> as it becomes.</summary>
internal static class ArgumentDifference
{
    public static IEnumerable<string> Between(JsonElement before, JsonElement after)
    {
        foreach (var name in Names(before).Union(Names(after), StringComparer.Ordinal))
        {
            var (was, becomes) = (Value(before, name), Value(after, name));
            if (was is { } old && becomes is { } same && JsonElement.DeepEquals(old, same))
            {
                continue;
            }

            if (was is { } gone)
            {
                yield return $"- {name}: {gone.GetRawText()}";
            }

            if (becomes is { } come)
            {
                yield return $"+ {name}: {come.GetRawText()}";
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(property => property.Name) : [];

    private static JsonElement? Value(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
}

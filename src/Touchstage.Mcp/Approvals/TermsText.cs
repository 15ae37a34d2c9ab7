using System.Text.Json;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>How a case may be decided, in lines for a person: through which doors, what may be changed, who is on it, and who comes in later.</summary>
internal static class TermsText
{
    public static IEnumerable<string> Of(ApprovalCaseView shown)
    {
        yield return $"a yes or a change is taken through {DoorText.Of(shown)}";
        yield return Names(shown.Form) is { Length: > 0 } names ? $"may be changed: {string.Join(", ", names)}" : "nothing of it may be changed";
        yield return shown.ClaimedBy is { } claimer ? $"{claimer} is on it" : "nobody has claimed it";
        foreach (var escalation in shown.Escalations)
        {
            yield return $"from {ApprovalDocument.Time(escalation.At)} on also decided by {string.Join(" or ", escalation.Roles)}";
        }

        if (shown.HasSensitive)
        {
            yield return "some values are masked; whoever reveals them is recorded";
        }
    }

    private static string[] Names(JsonElement form) =>
        form.ValueKind == JsonValueKind.Object && form.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : [];
}

using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>What the model is told of a 4xx: its status, and the title and detail of a problem document (RFC 9457) where they are harmless.</summary>
internal static class RefusedReason
{
    private const int MaxLength = 300;

    public static string Of(EgressAnswer answer, Scrubber scrubber)
    {
        var plain = string.Create(CultureInfo.InvariantCulture, $"The API refused the request with HTTP status {answer.Status}; it did nothing.");
        string[] told = [.. Told(answer).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];
        return told.Length > 0 && !scrubber.Finds(string.Concat(told)) && !scrubber.Finds(string.Concat(told.Reverse()))
            ? $"{plain} It says: {Harmless(string.Join(": ", told))}"
            : plain;
    }

    private static string?[] Told(EgressAnswer answer) =>
        answer.MediaType is "application/problem+json" && CanonicalJson.Parse(answer.Body.AsSpan()).TryGet(out var problem, out _)
            ? [Member(problem.Root, "title"), Member(problem.Root, "detail")]
            : [];

    private static string? Member(JsonElement problem, string name) =>
        problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String ? member.GetString() : null;

    // One line of visible text: no control, format (bidi among them), private or unassigned character.
    private static string Harmless(string text)
    {
        var visible = string.Concat(text.EnumerateRunes().Select(rune => IsVisible(rune.Value, CharUnicodeInfo.GetUnicodeCategory(rune.Value)) ? rune.ToString() : " "));
        return visible.Length <= MaxLength ? visible : visible[..(char.IsHighSurrogate(visible[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
    }

    private static bool IsVisible(int rune, UnicodeCategory category) => rune is ' ' ||
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

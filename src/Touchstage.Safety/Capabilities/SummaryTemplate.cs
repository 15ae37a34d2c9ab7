using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The one line that people read of a proposed action: plain text from the manifest, values from the arguments, nothing from the model's prose.</summary>
internal sealed class SummaryTemplate(ValueTemplate template)
{
    private const int MaxValueRunes = 120;
    private const string NotGiven = "(not given)";

    /// <summary>The arguments it names, each once.</summary>
    public IEnumerable<string> Arguments => template.Arguments;

    /// <summary>The summary of a capability that declares none: its title, and the arguments that stand in the path.</summary>
    public static SummaryTemplate Default(string title, IEnumerable<string> argumentsInPath)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        parts.Add(new(IsPlaceholder: false, title));
        foreach (var name in argumentsInPath)
        {
            parts.Add(new(IsPlaceholder: false, $"{(parts.Count == 1 ? ":" : ",")} {name} "));
            parts.Add(new(IsPlaceholder: true, name));
        }

        return new(new(parts.ToImmutable()));
    }

    /// <summary>One line without control characters, direction marks or line breaks; each value is cut to 120 characters.</summary>
    /// <param name="maskedArguments">The canonical arguments with sensitive values masked.</param>
    public string Render(CanonicalJson maskedArguments) => template.Expand(name =>
        maskedArguments.Root.ValueKind is JsonValueKind.Object && maskedArguments.Root.TryGetProperty(name, out var value) ? Show(value) : NotGiven)!;

    private static string Show(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return Cut(Visible(value.GetRawText()));
        }

        var text = value.GetString()!;
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@' or ':' or '+' or '/' or '*') && text.Length <= MaxValueRunes
            ? text
            : $"\"{Cut(Visible(text).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";
    }

    // Invariant: what a person reads is what is there. A character that shows nothing, or moves others about, is shown by its number.
    private static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
                || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator && rune.Value != ' '))
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }

    private static string Cut(string text)
    {
        var runes = text.EnumerateRunes().Take(MaxValueRunes + 1).ToArray();
        return runes.Length <= MaxValueRunes ? text : string.Concat(runes.Take(MaxValueRunes).Select(r => r.ToString())) + "…";
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// The one line that people read of a proposed action: plain text from the manifest, values from the arguments, nothing from the model's prose.
/// </summary>
internal sealed class SummaryTemplate(ValueTemplate template)
{
    private const int MaxValueLength = 120;
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

    // Invariant: what a person reads is what is there. What shows nothing or moves others about is shown by its number, and text with spaces stands in quotes.
    private static string Show(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return Echo.Text(value.GetRawText(), MaxValueLength);
        }

        var text = value.GetString()!;
        return text.Length is > 0 and <= MaxValueLength && text.All(IsPlain)
            ? text
            : $"\"{Echo.Text(text, MaxValueLength).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '@' or ':' or '+' or '/' or '*';
}

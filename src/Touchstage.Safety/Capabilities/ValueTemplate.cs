using System.Collections.Immutable;
using System.Text;

namespace Touchstage.Safety.Capabilities;

/// <summary>Text with <c>{argument}</c> placeholders.</summary>
internal sealed class ValueTemplate(ImmutableArray<TemplatePart> parts)
{
    public ImmutableArray<TemplatePart> Parts => parts;

    /// <summary>The arguments it names, each once.</summary>
    public IEnumerable<string> Arguments => parts.Where(p => p.IsPlaceholder).Select(p => p.Text).Distinct(StringComparer.Ordinal);

    /// <summary>The argument, if the template is one placeholder and nothing else: then the value keeps its JSON type.</summary>
    public string? Whole => parts is [{ IsPlaceholder: true } only] ? only.Text : null;

    public static ValueTemplate For(string argument) => new([new(IsPlaceholder: true, argument)]);

    /// <summary>Reads a template; says what is wrong with it otherwise.</summary>
    public static ValueTemplate? Parse(string text, out string? complaint)
    {
        complaint = null;
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            if (brace != 0)
            {
                var end = brace < 0 ? text.Length : at + brace;
                parts.Add(new(IsPlaceholder: false, text[at..end]));
                at = end;
                continue;
            }

            var close = text[at] == '{' ? text.IndexOf('}', at) : -1;
            var name = close < 0 ? "" : text[(at + 1)..close];
            if (name.Length == 0 || !name.All(ArgumentName.IsNameCharacter))
            {
                complaint = close < 0 ? "a brace is not paired." : $"`{{{name}}}` is not a placeholder: only an argument's name stands in braces, without an operator.";
                return null;
            }

            parts.Add(new(IsPlaceholder: true, name));
            at = close + 1;
        }

        return new(parts.ToImmutable());
    }

    /// <summary>The text with every placeholder replaced; null if one of the arguments has no text.</summary>
    public string? Expand(Func<string, string?> textOf)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if ((part.IsPlaceholder ? textOf(part.Text) : part.Text) is not { } piece)
            {
                return null;
            }

            text.Append(piece);
        }

        return text.ToString();
    }
}

using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Conditions;

/// <summary>One reason why a condition does not load: where, what, and what to write instead.</summary>
/// <param name="Position">The 0-based offset in the text, in UTF-16 units.</param>
/// <param name="Length">How much of the text is meant; 0 at its end.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to do about it, if that is known.</param>
internal sealed record ConditionProblem(int Position, int Length, string Message, string? Suggestion = null)
{
    /// <summary>The message with its suggestion, on one line.</summary>
    public string Sentence => Suggestion is null ? Message : $"{Message} {Suggestion}";

    /// <summary>Two lines: the line of the source, and a mark under what is meant.</summary>
    public string Render(string text)
    {
        int start = Math.Clamp(Position, 0, text.Length);
        int lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        int lineEnd = text.IndexOf('\n', start);
        lineEnd = lineEnd < 0 ? text.Length : lineEnd;
        int length = Math.Clamp(Length, 1, Math.Max(1, lineEnd - start));
        string line = string.Concat(text[lineStart..lineEnd].Select(c => char.IsControl(c) ? ' ' : c));
        return $"{line}\n{new string(' ', start - lineStart)}^{new string('~', length - 1)}";
    }

    /// <summary>The same as a problem of a larger document.</summary>
    public Problem ToProblem(string path) => new(path, "condition", Sentence);
}

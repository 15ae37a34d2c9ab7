using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>Reads the text of a condition and compiles it, with every problem at its place in the file.</summary>
internal static class ConditionSource
{
    private const int MostShown = 4_096;

    /// <summary>The condition's text, or null after a report.</summary>
    public static string? Read(ManifestSection section, string name)
    {
        var document = section.Document;
        var span = document.Find(section.At(name));
        var text = section.Node(name) switch
        {
            JsonValue value when value.TryGetValue(out string? written) => written.Trim(),
            JsonValue value when value.GetValueKind() is JsonValueKind.True => "true",
            JsonValue value when value.GetValueKind() is JsonValueKind.False => "false",
            _ => null,
        };
        if (string.IsNullOrEmpty(text))
        {
            section.Report(
                name, $"`{name}` must be a condition.", $"quote it as text: {CorrectedLine.Of(document.Line(span.Line)) ?? $"{name}: 'args.amount < 50.0'"}");
            return null;
        }

        return IsCutOff(document, section.At(name), span) ? null : text;
    }

    /// <summary>Compiles a condition that must come to the expected type; null after a report that underlines what does not check.</summary>
    public static Condition? Compile(ManifestSection section, string name, ConditionEnvironment environment, CelType expected)
    {
        if (Read(section, name) is not { } text)
        {
            return null;
        }

        var load = Condition.Compile(text, environment, expected);
        foreach (var problem in load.Problems)
        {
            Report(section, name, text, problem);
        }

        return load.Condition;
    }

    /// <summary>Reports what is wrong with a condition's text, at its place in the file.</summary>
    public static void Report(ManifestSection section, string name, string text, ConditionProblem problem)
    {
        var (document, pointer) = (section.Document, section.At(name));
        var span = document.Find(pointer);
        var isOneLine = span.IsPlain && span.Line == span.EndLine;
        var start = isOneLine ? span with { Column = span.Column + problem.Position } : span;
        // A text that is far too long would drown what is wrong with it.
        var shown = text.Length > MostShown ? "" : $"\n{string.Join('\n', problem.Render(text).Split('\n').Select(line => $"    {line}"))}";
        document.ReportAt(start, pointer, $"The condition does not check: {problem.Message}{shown}", problem.Suggestion ?? "correct the condition.");
    }

    // Invariant: a condition without quotes is the last thing on its line, or something else of its line is not in it: a ` #` would cut it off in silence.
    private static bool IsCutOff(ManifestDocument document, string pointer, SourceSpan span)
    {
        var line = document.Line(span.EndLine);
        if (!span.IsPlain || span.EndColumn > line.Length || !line[(span.EndColumn - 1)..].TrimStart().StartsWith('#'))
        {
            return false;
        }

        var corrected = span.Line == span.EndLine ? CorrectedLine.Of(line) : null;
        document.ReportAt(
            new(span.EndLine, span.EndColumn, span.EndLine, line.Length, IsPlain: false), pointer,
            "The condition is longer than what YAML read: it takes ` #` and what follows for a comment.",
            corrected is null ? "quote the whole condition; a comment goes on a line of its own." : $"quote it: {corrected} (a comment goes on a line of its own).");
        return true;
    }
}

using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>
/// Reads YAML 1.2 as JSON: one document whose root is a mapping; no tags, anchors, aliases, merge keys or duplicate keys. Everything that two YAML
/// readers could take differently is an error, because a condition that starts with <c>!</c> or <c>&amp;</c> would lose it in silence.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 48;
    private readonly ManifestDocument document;
    private readonly Parser parser;

    private YamlReader(ManifestDocument document, string text)
    {
        this.document = document;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a manifest; what is wrong stands in the document's problems.</summary>
    public static ManifestDocument Read(string file, string text)
    {
        var normal = SourceText.Normalise(text);
        var lines = normal.Split('\n');
        var read = new ManifestDocument(file, lines);
        if (normal.Length > SourceText.MaxLength)
        {
            read.Report("", $"The file is longer than {SourceText.MaxLength} characters.", "split it; one file declares one capability.");
            return read;
        }

        SourceText.CheckCharacters(read, lines);
        if (read.IsSound)
        {
            new YamlReader(read, normal).ReadStream();
        }

        return read;
    }

    private void ReadStream()
    {
        try
        {
            Advance();
            Advance();
            if (parser.Current is not DocumentStart start)
            {
                document.Report("", "The file is empty.", "write a mapping: `key: value`.");
                return;
            }

            CheckDirectives(start);
            Advance();
            ReadRoot();
            Advance();
            if (parser.Current is not StreamEnd)
            {
                document.ReportAt(
                    Span(parser.Current!), "", "A second document begins here.", "keep one document in a file: remove the `---` and what follows it.");
            }
        }
        catch (YamlException error)
        {
            ReportSyntax(error.Start, error.Message);
        }
    }

    // The parser of this version answers with these two to a flow mapping that is never closed and to a tag that is no URI.
    private void Advance()
    {
        var before = parser.Current?.End ?? Mark.Empty;
        try
        {
            parser.MoveNext();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw new SyntaxErrorException(before, before, "a `{` or `[` is not closed here, or a `!` begins what is no tag.");
        }
    }

    private void ReportSyntax(Mark mark, string message)
    {
        var line = (int)Math.Max(1, mark.Line);
        var column = (int)Math.Max(1, mark.Column);
        document.ReportAt(
            new(line, column, line, column, IsPlain: false), "", $"This is not YAML: {message}",
            CorrectedLine.Of(document.Line(line)) is { } corrected ? $"if the value is meant as it stands, quote it: {corrected}" : "correct it; text with special characters goes in quotes.");
    }

    private void CheckDirectives(DocumentStart start)
    {
        if (start.Version is { } version && (version.Version.Major, version.Version.Minor) != (1, 2))
        {
            document.ReportAt(Span(start), "", "The file asks for another version of YAML than 1.2.", "remove the %YAML line.");
        }

        if (start.Tags is { Count: > 0 } && !start.IsImplicit && document.Line((int)start.Start.Line).StartsWith("%TAG", StringComparison.Ordinal))
        {
            document.ReportAt(Span(start), "", "The file declares tags.", "remove the %TAG line; manifests have no tags.");
        }
    }

    private void ReadRoot()
    {
        var place = parser.Current!;
        if (ReadValue("", key: null, depth: 0) is JsonObject root)
        {
            document.Root = root;
        }
        else if (document.IsSound)
        {
            document.ReportAt(Span(place), "", "The file does not hold a mapping.", "write a mapping: `key: value`.");
        }
    }

    // Leaves the parser on the event after the value.
    private JsonNode? ReadValue(string pointer, SourceSpan? key, int depth)
    {
        var place = parser.Current!;
        document.Locate(pointer, key, Span(place));
        CheckNode(place, pointer);

        Advance();
        if (depth > MaxDepth)
        {
            throw new SyntaxErrorException(place.Start, place.End, $"nested deeper than {MaxDepth} levels.");
        }

        return place switch
        {
            Scalar scalar => ReadScalar(scalar, pointer),
            MappingStart => ReadMapping(pointer, depth),
            SequenceStart => ReadSequence(pointer, depth),
            _ => null,
        };
    }

    private void CheckNode(ParsingEvent place, string pointer)
    {
        var complaint = place switch
        {
            AnchorAlias alias => $"`*{alias.Value}` is an alias to YAML; manifests have none.",
            NodeEvent { Anchor.IsEmpty: false } node => $"`&{node.Anchor}` is an anchor to YAML; manifests have none.",
            NodeEvent node when HasTag(node) => "What starts with `!` is a tag to YAML; manifests have none.",
            _ => null,
        };
        if (complaint is not null)
        {
            document.Report(pointer, complaint, CorrectedLine.Advice(document.Line((int)place.Start.Line)));
        }
    }

    private static bool HasTag(NodeEvent node) => !node.Tag.IsEmpty && node.Tag.ToString() != "?";

    private JsonNode? ReadScalar(Scalar scalar, string pointer)
    {
        if (scalar.Style is not ScalarStyle.Plain)
        {
            return JsonValue.Create(scalar.Value);
        }

        // A tag or anchor has been reported already and may have swallowed the text.
        if (!HasTag(scalar))
        {
            if (PlainScalar.Read(scalar.Value, out var value) is not { } complaint)
            {
                return value;
            }

            document.Report(
                pointer, complaint,
                scalar.Value.Length == 0 ? "write the value, or null, or \"\"; if a comma in front of it belongs to the text, quote that text." : $"quote it: {CorrectedLine.Quote(scalar.Value)}");
        }

        return JsonValue.Create(scalar.Value);
    }

    private JsonObject ReadMapping(string pointer, int depth)
    {
        var result = new JsonObject();
        while (parser.Current is not MappingEnd)
        {
            if (parser.Current is not Scalar key)
            {
                throw new SyntaxErrorException(parser.Current!.Start, parser.Current.End, "a key must be text.");
            }

            var span = Span(key);
            var child = ManifestDocument.Child(pointer, key.Value);
            CheckKey(key, child, result);
            Advance();
            result[key.Value] = ReadValue(child, span, depth + 1);
        }

        Advance();
        return result;
    }

    private void CheckKey(Scalar key, string pointer, JsonObject before)
    {
        var span = Span(key);
        if (before.ContainsKey(key.Value))
        {
            document.ReportAt(span, pointer, $"The key `{key.Value}` stands here twice.", "remove one of the two.");
        }
        else if (!key.Anchor.IsEmpty || HasTag(key))
        {
            document.ReportAt(span, pointer, "A key has a tag or an anchor; manifests have none.", "write the key alone, quoted if it needs to be.");
        }
        else if (key.Style is ScalarStyle.Plain && key.Value == "<<")
        {
            document.ReportAt(span, pointer, "`<<` is a merge key to YAML; manifests have none.", "write out what it would merge.");
        }
        else if (key.Style is ScalarStyle.Plain && (PlainScalar.Read(key.Value, out var typed) is not null || typed is not JsonValue value || !value.TryGetValue(out string? _)))
        {
            document.ReportAt(span, pointer, $"The key `{key.Value}` is not text to every YAML reader.", $"quote it: {CorrectedLine.Quote(key.Value)}");
        }
    }

    private JsonArray ReadSequence(string pointer, int depth)
    {
        var result = new JsonArray();
        while (parser.Current is not SequenceEnd)
        {
            result.Add(ReadValue(ManifestDocument.Child(pointer, result.Count), key: null, depth + 1));
        }

        Advance();
        return result;
    }

    private static SourceSpan Span(ParsingEvent place) => new(
        (int)place.Start.Line, (int)place.Start.Column, (int)place.End.Line, (int)place.End.Column, place is Scalar { Style: ScalarStyle.Plain });
}

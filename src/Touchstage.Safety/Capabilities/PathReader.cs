using System.Buffers;
using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a path template: literal segments that need no encoding, and arguments that are always there and never secret.</summary>
internal sealed class PathReader(ManifestSection section, ArgumentTable? arguments)
{
    // RFC 3986 section 3.3: pchar without percent-encoded octets, which a client could normalise.
    private static readonly SearchValues<char> Literal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@");

    /// <summary>The segments, or null after a report.</summary>
    public ImmutableArray<ValueTemplate>? Read(string text)
    {
        if (!text.StartsWith('/'))
        {
            section.Report("path", "The path does not start with `/`.", $"write /{text}; the host is the connection's.");
            return null;
        }

        var segments = text[1..].Split('/');
        var templates = segments.Select((segment, index) => ReadSegment(segment, isLast: index == segments.Length - 1)).ToArray();
        return Array.TrueForAll(templates, t => t is not null) ? [.. templates!] : null;
    }

    private ValueTemplate? ReadSegment(string segment, bool isLast)
    {
        if (ValueTemplate.Parse(segment, out var complaint) is not { } template)
        {
            section.Report("path", $"In `{segment}`, {complaint}", "write placeholders as {argument}: RFC 6570 simple expansion.");
            return null;
        }

        if (segment is "." or ".." || (segment.Length == 0 && !isLast))
        {
            section.Report("path", $"The path has the segment `{segment}`.", "write the path as the API documents it, without empty segments, `.` or `..`.");
            return null;
        }

        foreach (var part in template.Parts.Where(p => !p.IsPlaceholder && p.Text.AsSpan().ContainsAnyExcept(Literal)))
        {
            section.Report(
                "path", $"`{part.Text}` holds a character that cannot stand in a path as it is.",
                "put a query under `query:`; use letters, digits and -._~!$&'()*+,;=:@ in the path.");
            return null;
        }

        return CheckArguments(template) ? template : null;
    }

    private bool CheckArguments(ValueTemplate template)
    {
        if (arguments is null)
        {
            return true;
        }

        if (!arguments.Knows(template.Arguments, section.Document, section.At("path")))
        {
            return false;
        }

        foreach (var name in template.Arguments)
        {
            var (message, fix) = name switch
            {
                _ when arguments.IsSensitive(name) => ($"The sensitive argument `{name}` would stand in the path, and so in the logs of every server on the way.", "send it in the body or in a header."),
                _ when !arguments.IsRequired(name) => ($"`{name}` stands in the path but may be absent.", "add it to input.required."),
                _ when !arguments.IsScalar(name) => ($"`{name}` cannot stand in the path: its declared type is not text, a number or a truth value.", "declare its `type`."),
                _ => (null, null),
            };
            if (message is not null)
            {
                section.Report("path", message, fix!);
            }
        }

        return true;
    }
}

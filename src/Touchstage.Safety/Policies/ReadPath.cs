namespace Touchstage.Safety.Policies;

/// <summary>
/// Compares the paths that conditions read (<c>args.note</c>, <c>args.`card-note`</c>) with JSON Pointers into schemas, segment by segment, so that no spelling of a name hides it.
/// </summary>
internal static class ReadPath
{
    private const string Any = "*";

    /// <summary>The segments of a pointer (RFC 6901) below a root such as <c>args</c>; <c>*</c> stands for any.</summary>
    public static string[] OfPointer(string root, string pointer) =>
    [
        .. root.Split('/'),
        .. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
    ];

    /// <summary>Whether a read touches what the segments name: that very value, something inside it, or something that contains it. Whether a value is there is no value.</summary>
    public static bool Overlaps(string[] segments, string read)
    {
        if (read.StartsWith("has(", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = Split(read);
        var shared = Math.Min(parts.Count, segments.Length);
        for (var i = 0; i < shared; i++)
        {
            if (segments[i] != Any && segments[i] != parts[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a read, also one of whether it is there, touches what the segments name.</summary>
    public static bool IsOf(string[] segments, string read) =>
        Overlaps(segments, read.StartsWith("has(", StringComparison.Ordinal) && read.EndsWith(')') ? read[4..^1] : read);

    private static List<string> Split(string read)
    {
        var parts = new List<string>();
        for (var at = 0; at < read.Length;)
        {
            var isQuoted = read[at] == '`';
            var end = isQuoted ? read.IndexOf('`', at + 1) : read.IndexOf('.', at);
            end = end < 0 ? read.Length : end;
            parts.Add(isQuoted ? read[(at + 1)..end] : read[at..end]);
            at = isQuoted ? end + 2 : end + 1;
        }

        return parts;
    }
}

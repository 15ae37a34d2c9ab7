using System.Buffers;
using System.Globalization;

namespace Touchstage.Safety.Capabilities;

/// <summary>Decides whether a rendered path segment stays one segment and stays where it is, however often an upstream decodes it.</summary>
internal static class PathSegment
{
    private const int MostDecodings = 8;

    // Full stops, and what compatibility folding or host-name rules turn into them.
    private static readonly SearchValues<char> Dots = SearchValues.Create(".\u2024\u2025\u2026\u3002\uFE12\uFE19\uFE30\uFE52\uFF0E\uFF61");

    // The separators, what some servers end a segment at, and what compatibility folding turns into one.
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\;?#\u2044\u2215\u29F5\u29F8\uFE68\uFF0F\uFF3C\uFF1B\uFF1F\uFF03");

    /// <summary>Whether the segment, before encoding, is not empty, holds no control character and no part of it is only dots.</summary>
    public static bool IsSafe(string segment)
    {
        if (segment.Length == 0)
        {
            return false;
        }

        for (var round = 0; round < MostDecodings; round++)
        {
            if (segment.Any(char.IsControl) || HasDotsOnly(segment))
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(segment);
            if (decoded == segment)
            {
                return true;
            }

            segment = decoded;
        }

        return false;
    }

    private static bool HasDotsOnly(string segment)
    {
        var visible = string.Concat(segment.Where(c => char.GetUnicodeCategory(c) is not UnicodeCategory.Format and not UnicodeCategory.SpaceSeparator));
        foreach (var range in visible.AsSpan().SplitAny(Separators))
        {
            var part = visible.AsSpan()[range];
            if (!part.IsEmpty && !part.ContainsAnyExcept(Dots))
            {
                return true;
            }
        }

        return visible.Length == 0;
    }
}

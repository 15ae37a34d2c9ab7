namespace Touchstage.Safety.Schemas.Formats;

/// <summary>The name of a host by RFC 1123 section 2.1, where labels in Punycode must be right too, or beyond ASCII by RFC 5890 section 2.3.2.3.</summary>
internal static class HostName
{
    private const int MaxLength = 253;

    // RFC 3490 section 3.1: what is typed for a full stop in other scripts.
    private const string FullStops = ".\u3002\uFF0E\uFF61";

    public static bool IsPlain(ReadOnlySpan<char> text) => Holds(text, ".", isInternational: false, mustBeComposed: true);

    public static bool IsInternational(ReadOnlySpan<char> text) => Holds(text, FullStops, isInternational: true, mustBeComposed: true);

    /// <summary>The domain of an address by RFC 6531 section 3.3, whose labels need not be composed: whoever looks the name up does that.</summary>
    public static bool IsOfMail(ReadOnlySpan<char> text) => Holds(text, ".", isInternational: true, mustBeComposed: false);

    private static bool Holds(ReadOnlySpan<char> text, ReadOnlySpan<char> fullStops, bool isInternational, bool mustBeComposed)
    {
        var (left, isBidi, keepsBidiRule) = (MaxLength + 1, false, true);
        while (true)
        {
            var end = text.IndexOfAny(fullStops);
            if (DomainLabel.Read(end < 0 ? text : text[..end], isInternational, mustBeComposed) is not { } label)
            {
                return false;
            }

            left -= label.Length + 1;
            isBidi |= label.IsRightToLeft;
            keepsBidiRule &= label.KeepsBidiRule;
            if (end < 0 || left < 0)
            {
                return left >= 0 && (!isBidi || keepsBidiRule);
            }

            text = text[(end + 1)..];
        }
    }
}

namespace Touchstage.Safety.Schemas;

/// <summary>The segments of JSON Pointers (RFC 6901).</summary>
internal static class Pointer
{
    private const int MaxSegment = 80;

    /// <summary>A segment fit to be shown: cut, and with its control characters written out.</summary>
    public static string Join(string segment) => Exactly(Echo.Text(segment, MaxSegment));

    /// <summary>A segment as it is, to find a place by.</summary>
    public static string Exactly(string segment) => "/" + segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

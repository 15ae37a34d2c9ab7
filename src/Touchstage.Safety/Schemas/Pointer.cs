namespace Touchstage.Safety.Schemas;

/// <summary>JSON Pointers (RFC 6901) fit to be shown: a segment that came from outside is cut and shows its control characters.</summary>
internal static class Pointer
{
    private const int MaxSegment = 80;

    public static string Join(string segment) =>
        "/" + Echo.Text(segment, MaxSegment).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

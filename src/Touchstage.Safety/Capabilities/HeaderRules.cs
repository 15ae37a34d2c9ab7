using System.Buffers;
using System.Collections.Frozen;

namespace Touchstage.Safety.Capabilities;

/// <summary>Which header fields a manifest may map arguments to, and what their values may be.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Framing, authentication, routing and tracing are the server's: an argument in one of these could change whose request it is.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "authorization", "connection", "content-encoding", "content-length", "content-type", "cookie", "cookie2", "date", "expect", "forwarded", "host",
        "http2-settings", "keep-alive", "range", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via", "txn-token",
        "traceparent", "tracestate", "baggage", "x-http-method", "x-http-method-override", "x-method-override", "x-original-url", "x-rewrite-url",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ReservedPrefixes = ["proxy-", "x-forwarded-", "sec-"];

    /// <summary>Whether it is a header's name at all (RFC 9110 section 5.1).</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 64 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether the header is the server's own.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the value is visible ASCII with spaces and tabs only inside it.</summary>
    public static bool IsValue(string value) =>
        value.Length is > 0 and <= 4_096 && value.All(c => c is (>= ' ' and <= '~') or '\t') && value[0] is not ' ' and not '\t' && value[^1] is not ' ' and not '\t';
}

using System.Collections.Frozen;
using System.Net;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Egress;

/// <summary>Spells a request for the HTTP stack so that it sends exactly the given target, headers and content, and what the transport owns.</summary>
internal static class WireMessage
{
    // What frames or routes a message belongs to the transport: a header among these could split, smuggle or redirect it.
    private static readonly FrozenSet<string> Transport = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect", "proxy-authorization",
        "proxy-connection", "accept-encoding", "content-encoding", "cookie");

    /// <summary>The message, or null if a header cannot be sent as it is.</summary>
    public static HttpRequestMessage? TryCreate(EgressRequest request, Uri uri)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (!request.Body.IsEmpty || request.Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ByteArrayContent([.. request.Body]);
        }

        if (Add(message, request.Headers) && message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity"))
        {
            return message;
        }

        message.Dispose();
        return null;
    }

    private static bool Add(HttpRequestMessage message, IReadOnlyList<HeaderField> headers)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            if (Transport.Contains(header.Name) || !seen.Add(header.Name) || !IsValue(header.Value) || !TryAdd(message, header))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAdd(HttpRequestMessage message, HeaderField header) =>
        message.Headers.TryAddWithoutValidation(header.Name, header.Value)
        || message.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value) is true;

    // RFC 9110, section 5.5: a value is visible characters with spaces and tabs inside; here ASCII only.
    private static bool IsValue(string value) =>
        value.All(c => c is '\t' or (>= ' ' and < '\x7f')) && value.AsSpan().Trim(" \t").Length == value.Length;
}

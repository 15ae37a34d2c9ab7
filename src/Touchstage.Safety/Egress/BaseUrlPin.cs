using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Egress;

/// <summary>Holds a request to its connection's base URL: scheme, host, port and path prefix, on the very bytes that are sent.</summary>
internal static class BaseUrlPin
{
    // The path and query go out as they stand: canonicalisation could turn what was checked, shown and signed into something else.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The target, if it is under the base URL and its scheme is fit for the network.</summary>
    public static bool TryPin(string baseUrl, bool isPrivateNetwork, string target, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        if (!IsBase(baseUrl, isPrivateNetwork, out var root) || !IsPlain(target) || !target.StartsWith(baseUrl, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = target.AsSpan(baseUrl.Length);
        var pathAndQuery = target.AsSpan(AuthorityEnd(baseUrl));
        if (pathAndQuery is not ['/', ..] || rest is not ([] or ['/', ..] or ['?', ..]) || HasDotSegment(pathAndQuery) || !Uri.TryCreate(target, Verbatim, out var parsed))
        {
            return false;
        }

        // Invariant: what the HTTP stack makes of the target is what was pinned; a difference means that the two read it differently.
        if (parsed.Scheme != root.Scheme || parsed.Host != root.Host || parsed.Port != root.Port || parsed.UserInfo.Length > 0 || !pathAndQuery.SequenceEqual(parsed.PathAndQuery))
        {
            return false;
        }

        uri = parsed;
        return true;
    }

    private static bool IsBase(string baseUrl, bool isPrivateNetwork, [NotNullWhen(true)] out Uri? root) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out root)
        && (baseUrl.StartsWith("https://", StringComparison.Ordinal) || (isPrivateNetwork && baseUrl.StartsWith("http://", StringComparison.Ordinal)))
        && IsPlain(baseUrl)
        && !baseUrl.AsSpan().ContainsAny('?', '@')
        && !baseUrl.EndsWith('/')
        && root.Host.Length > 0;

    private static int AuthorityEnd(string baseUrl)
    {
        var start = baseUrl.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = baseUrl.IndexOf('/', start);
        return slash < 0 ? baseUrl.Length : slash;
    }

    // Visible ASCII without what starts a fragment or what some servers take for a slash.
    private static bool IsPlain(string text) => text.All(c => c is > ' ' and < '\x7f' and not '#' and not '\\');

    private static bool HasDotSegment(ReadOnlySpan<char> pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?');
        var path = (query < 0 ? pathAndQuery : pathAndQuery[..query]).ToString();
        return path.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
            .Replace("%5c", "/", StringComparison.OrdinalIgnoreCase).Split('/').Any(segment => segment is "." or "..");
    }
}

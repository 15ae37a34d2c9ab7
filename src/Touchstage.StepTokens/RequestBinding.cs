using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens;

/// <summary>
/// What ties a token to one HTTP request. The minter computes it from the request that it is about to send, the verifier from the
/// request that it received; both use <see cref="Compute"/>, so the two cannot drift apart.
/// </summary>
public sealed class RequestBinding
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> NotInValue = SearchValues.Create("\r\n\0");

    internal RequestBinding(string method, string targetUri, string headersDigest, ImmutableArray<string> headerNames, string bodyDigest)
    {
        Method = method;
        TargetUri = targetUri;
        HeadersDigest = headersDigest;
        HeaderNames = headerNames;
        BodyDigest = bodyDigest;
    }

    /// <summary><c>htm</c>: the method as sent; compared with case (RFC 9110, section 9.1).</summary>
    public string Method { get; }

    /// <summary><c>htu</c>: the absolute target URI as sent, with query, without fragment; compared byte for byte.</summary>
    public string TargetUri { get; }

    /// <summary>
    /// <c>hdr_digest</c>: <c>sha-256=:BASE64:</c> over the UTF-8 bytes of one line <c>name: value\n</c> per covered header; names are
    /// lowercase and sorted by code unit, values are without leading and trailing spaces and tabs.
    /// </summary>
    public string HeadersDigest { get; }

    /// <summary><c>hdr_names</c>: the covered headers, lowercase, sorted by code unit, each once.</summary>
    public ImmutableArray<string> HeaderNames { get; }

    /// <summary><c>body_digest</c>: <c>sha-256=:BASE64:</c> over the content bytes as sent, also over none (the form of RFC 9530).</summary>
    public string BodyDigest { get; }

    /// <summary>Computes the binding of one request.</summary>
    /// <param name="method">The method as sent, such as <c>POST</c>.</param>
    /// <param name="targetUri">The absolute target URI as sent, character for character; no fragment.</param>
    /// <param name="headers">The covered headers, name to single value; a name in any case, and only once.</param>
    /// <param name="body">The content bytes as sent.</param>
    /// <returns>The binding.</returns>
    /// <exception cref="ArgumentException">The method or a name is not a token, a header is given twice, a value has a line break, or the URI has a fragment.</exception>
    public static RequestBinding Compute(
        string method, string targetUri, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentException.ThrowIfNullOrEmpty(targetUri);
        ArgumentNullException.ThrowIfNull(headers);
        if (method.AsSpan().ContainsAnyExcept(Token))
        {
            throw new ArgumentException("The method is not an HTTP token.", nameof(method));
        }

        if (targetUri.Contains('#', StringComparison.Ordinal))
        {
            throw new ArgumentException("A target URI is sent without its fragment.", nameof(targetUri));
        }

        var covered = Canonical(headers);
        return new(method, targetUri, DigestLines(covered), [.. covered.Keys], Digest(body));
    }

    /// <summary>The RFC 9530 form of SHA-256 over some bytes: <c>sha-256=:BASE64:</c>.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The digest's text.</returns>
    public static string Digest(ReadOnlySpan<byte> content) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:";

    internal static string DigestHeaders(IEnumerable<KeyValuePair<string, string>> headers) => DigestLines(Canonical(headers));

    [SuppressMessage("Globalization", "CA1308", Justification = "Lowercase is the form of the wire format.")]
    private static SortedDictionary<string, string> Canonical(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var covered = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExcept(Token))
            {
                throw new ArgumentException("A header name is not an HTTP token.", nameof(headers));
            }

            // Invariant: a value cannot forge a second line of the digested form.
            if (value is null || value.AsSpan().ContainsAny(NotInValue))
            {
                throw new ArgumentException($"The value of header '{name}' is missing or has a line break.", nameof(headers));
            }

            if (!covered.TryAdd(name.ToLowerInvariant(), value.Trim(' ', '\t')))
            {
                throw new ArgumentException($"Header '{name}' is given twice.", nameof(headers));
            }
        }

        return covered;
    }

    private static string DigestLines(SortedDictionary<string, string> covered)
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in covered)
        {
            lines.Append(name).Append(": ").Append(value).Append('\n');
        }

        return Digest(Encoding.UTF8.GetBytes(lines.ToString()));
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Touchstage.Mcp.Introspection;

/// <summary>
/// Reads a request to <c>/introspect</c>: a form with the token (RFC 7662, section 2.1), and the client's credentials in HTTP Basic or in the form, but not in both
/// (RFC 6749, section 2.3.1). The query is never read: it would stand in logs.
/// </summary>
internal static class IntrospectionReader
{
    // A token has 16 KiB at most; the rest is a hint, an id and a secret.
    private const int MaxBody = 32 * 1024;

    private const string Basic = "Basic ";

    private static readonly FormOptions Limits = new() { ValueCountLimit = 16, KeyLengthLimit = 128, ValueLengthLimit = MaxBody, BufferBodyLengthLimit = MaxBody };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<(IntrospectionRequest? Request, IntrospectionFault Fault)> ReadAsync(HttpContext http)
    {
        if (!IsForm(http.Request.ContentType))
        {
            return (null, IntrospectionFault.NoForm);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        try
        {
            return Read(http.Request, await new FormFeature(http.Request, Limits).ReadFormAsync(http.RequestAborted));
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, IntrospectionFault.TooLarge);
        }
        catch (Exception unread) when (unread is InvalidDataException or BadHttpRequestException)
        {
            return (null, IntrospectionFault.Malformed);
        }
    }

    private static (IntrospectionRequest? Request, IntrospectionFault Fault) Read(HttpRequest request, IFormCollection form)
    {
        // RFC 6749, section 3.2: no parameter more than once.
        if (form["token"] is not [{ Length: > 0 } token] || form["client_id"].Count > 1 || form["client_secret"].Count > 1)
        {
            return (null, IntrospectionFault.Malformed);
        }

        if (request.Headers.Authorization.Count == 0)
        {
            return form["client_id"] is [{ } id] && form["client_secret"] is [{ } secret] ? (new(id, secret, token), default) : (null, IntrospectionFault.NoClient);
        }

        return form["client_secret"].Count > 0 ? (null, IntrospectionFault.Malformed)
            : request.Headers.Authorization is [{ } only] && TryBasic(only, out var named) ? (new(named.Id, named.Secret, token), default)
            : (null, IntrospectionFault.NoClient);
    }

    private static bool TryBasic(string header, out (string Id, string Secret) named)
    {
        named = default;
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || !TryDecode(header[Basic.Length..].Trim(), out var pair) || pair.IndexOf(':', StringComparison.Ordinal) is not (>= 0 and var colon))
        {
            return false;
        }

        // RFC 6749 has both form-encoded within Basic; what we give out reads the same either way.
        named = (Uri.UnescapeDataString(pair[..colon]), Uri.UnescapeDataString(pair[(colon + 1)..]));
        return true;
    }

    private static bool TryDecode(string base64, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = Utf8.GetString(Convert.FromBase64String(base64));
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            // No credentials.
        }

        return text is not null;
    }

    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}

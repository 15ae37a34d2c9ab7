using System.Globalization;

namespace Touchstage.Mcp.Sessions;

/// <summary>Says no to a request that comes too soon or beside too many others, and when to come again (RFC 6585, section 4).</summary>
internal static class TooMany
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <param name="http">The request.</param>
    /// <param name="error">The code.</param>
    /// <param name="reason">Why.</param>
    /// <param name="wait">How long to wait, or null if that is not known.</param>
    public static Task WriteAsync(HttpContext http, string error, string reason, TimeSpan? wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling((wait ?? Soon).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return HttpRefusal.WriteAsync(http, StatusCodes.Status429TooManyRequests, error, reason);
    }
}

namespace Touchstage.Mcp.SignIns;

/// <summary>What every answer of the inbox tells the browser: run and load nothing foreign, be framed by nobody, keep nothing.</summary>
internal sealed class InboxHeaders(RequestDelegate next)
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy", ContentPolicy),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // Not no-referrer: a form sent under it says Origin: null (Fetch, section 3.2), which is refused.
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ];

    // At the last moment: whoever answers, also to say that something broke, cannot leave them off.
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(
            static state =>
            {
                var response = (HttpResponse)state;
                foreach (var (name, value) in Headers)
                {
                    // What never changes under its address holds nothing of anybody's and may be kept.
                    response.Headers[name] = name == "Cache-Control" && response.Headers.CacheControl.ToString().EndsWith("immutable", StringComparison.Ordinal) ? response.Headers.CacheControl : value;
                }

                return Task.CompletedTask;
            },
            http.Response);
        return next(http);
    }
}

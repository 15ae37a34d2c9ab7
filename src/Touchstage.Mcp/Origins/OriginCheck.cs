using Touchstage.Mcp.Sessions;

namespace Touchstage.Mcp.Origins;

/// <summary>Refuses requests that a foreign web page sends, directly or under a rebound name (Origin and Host).</summary>
internal sealed class OriginCheck(RequestDelegate next, ListenAddress address)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!address.Allows(http.Request.Host))
        {
            return HttpRefusal.WriteAsync(http, StatusCodes.Status400BadRequest, "wrong_host", "This server is not called by that Host name. The operator can add it: serve --host NAME.");
        }

        return IsOwnOrigin(http.Request)
            ? next(http)
            : HttpRefusal.WriteAsync(http, StatusCodes.Status403Forbidden, "wrong_origin", "Web pages of other origins may not call this server.");
    }

    // Programs send no Origin; a browser always does on a POST. The scheme is not compared: a proxy may end TLS.
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || (request.Headers.Origin is [{ } only]
            && Uri.TryCreate(only, UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}

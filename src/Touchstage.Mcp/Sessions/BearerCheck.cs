using System.Security.Claims;

namespace Touchstage.Mcp.Sessions;

/// <summary>Lets a request pass only under a good session key, and only into a transport session of the same tenant, principal and kind.</summary>
internal sealed class BearerCheck(RequestDelegate next, SessionDoor door, HttpSessions sessions, WrongKeys wrong)
{
    private const string Scheme = "Bearer ";
    private const string NoKey = "No session key came with the request. Send it once, as Authorization: Bearer KEY; an operator makes one with: touchstage session create.";

    public async Task InvokeAsync(HttpContext http)
    {
        var key = KeyOf(http.Request);
        var identity = await door.EnterAsync(key, http.RequestAborted);
        if (identity.Refusal is { } refusal)
        {
            if (key is not null && wrong.Count(http.Connection.RemoteIpAddress) is { } wait)
            {
                await TooMany.WriteAsync(http, "too_many_wrong_keys", "Too many wrong keys came from this address. A right one is still taken.", wait);
                return;
            }

            http.Response.Headers.WWWAuthenticate = key is null ? "Bearer realm=\"touchstage\"" : "Bearer realm=\"touchstage\", error=\"invalid_token\"";
            await HttpRefusal.WriteAsync(http, StatusCodes.Status401Unauthorized, refusal.Code.Value, key is null ? NoKey : refusal.Reason);
            return;
        }

        // Invariant: a session id is good for its owner alone. Whose it is stays untold, so the answer is the one for an unknown session.
        if (SessionIdOf(http.Request) is { Length: > 0 } id && sessions.IsForeign(id, SessionIdentity.OwnerOf(identity.Demand())))
        {
            await HttpRefusal.WriteAsync(http, StatusCodes.Status404NotFound, "unknown_session", "There is no such session. Start a new one with initialize.");
            return;
        }

        http.User = new ClaimsPrincipal(identity);
        await next(http);
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && only[Scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;

    // Streamable HTTP names the session in a header, legacy SSE in the query of its message endpoint.
    private static string? SessionIdOf(HttpRequest request) =>
        request.Headers["Mcp-Session-Id"] is { Count: > 0 } header ? header.ToString() : request.Query["sessionId"].ToString();
}

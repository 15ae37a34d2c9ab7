using System.Security.Claims;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Sessions;

/// <summary>Lets a request pass only under a good session key or access token, and only into a transport session of the same tenant, principal and kind.</summary>
internal sealed class BearerCheck(RequestDelegate next, SessionDoor door, HttpSessions sessions, ProtectedResource resource, StreamLease lease, WrongKeys wrong)
{
    private const string Scheme = "Bearer ";
    private const string NoKey = "No session key came with the request. Send it once, as Authorization: Bearer KEY; an operator makes one with: touchstage session create.";
    private const string NoKeyOrToken =
        "No session key or access token came with the request. Send one of them once, as Authorization: Bearer. A token is to be had where the protected-resource metadata says; an operator makes a key with: touchstage session create.";

    public async Task InvokeAsync(HttpContext http)
    {
        // RFC 6750, section 2.3, and the MCP authorization specification: addresses end in logs and histories.
        if (http.Request.Query.ContainsKey("access_token"))
        {
            http.Response.Headers.WWWAuthenticate = resource.Challenge(http.Request, "invalid_request", null);
            await HttpRefusal.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "A key or token is never sent in the address. Send it as Authorization: Bearer, and take the one that was sent out of use.");
            return;
        }

        var key = KeyOf(http.Request);
        var identity = await door.EnterAsync(key, http.RequestAborted);
        if (identity.Refusal is { } refusal)
        {
            // Tokens cannot be tried out, and every one of them comes once too late.
            if (key is not null && refusal.Code.Value == "invalid_session" && wrong.Count(http.Connection.RemoteIpAddress) is { } wait)
            {
                await TooMany.WriteAsync(http, "too_many_wrong_keys", "Too many wrong keys came from this address. A right one is still taken.", wait);
                return;
            }

            await RefuseAsync(http, key, refusal);
            return;
        }

        // Invariant: a session id is good for its owner alone. Whose it is stays untold, so the answer is the one for an unknown session.
        var id = SessionIdOf(http.Request);
        if (id is { Length: > 0 } && !sessions.Renew(id, identity))
        {
            await HttpRefusal.WriteAsync(http, StatusCodes.Status404NotFound, "unknown_session", "There is no such session. Start a new one with initialize.");
            return;
        }

        http.User = new ClaimsPrincipal(identity);
        await (HttpMethods.IsGet(http.Request.Method) ? lease.HoldAsync(http, id, identity, next) : next(http));
    }

    private Task RefuseAsync(HttpContext http, string? key, Refusal refusal)
    {
        var (status, error) = (refusal.Code.Value, key) switch
        {
            ("issuer_unavailable", _) => (StatusCodes.Status503ServiceUnavailable, null),
            ("insufficient_scope", _) => (StatusCodes.Status403Forbidden, "insufficient_scope"),
            (_, null) => (StatusCodes.Status401Unauthorized, null),
            _ => (StatusCodes.Status401Unauthorized, "invalid_token"),
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "30";
        }
        else
        {
            http.Response.Headers.WWWAuthenticate = resource.Challenge(http.Request, error, refusal);
        }

        return HttpRefusal.WriteAsync(http, status, refusal.Code.Value, key is not null ? refusal.Reason : resource.TakesTokens ? NoKeyOrToken : NoKey);
    }

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && only[Scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;

    // Streamable HTTP names the session in a header, legacy SSE in the query of its message endpoint.
    private static string? SessionIdOf(HttpRequest request) =>
        request.Headers["Mcp-Session-Id"] is { Count: > 0 } header ? header.ToString() : request.Query["sessionId"].ToString();
}

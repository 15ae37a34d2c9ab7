using Microsoft.AspNetCore.Authorization;

namespace Touchstage.Mcp.SignIns;

/// <summary>Lets nobody into the inbox who is not signed in, whatever an endpoint declares; only what says so itself is open to all.</summary>
internal sealed class InboxDoor(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (InboxIdentity.Find(http) is not null || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return SignInPage.SayAsync(http, StatusCodes.Status401Unauthorized, "You are signed out", "Nothing was done. Sign in, look at the case again, and then decide.");
        }

        var here = http.Request.Path + http.Request.QueryString;
        if (IsFromElsewhere(http.Request))
        {
            return SignInPage.WriteReturnAsync(http, here);
        }

        http.Response.Redirect($"{InboxPaths.SignIn}?to={Uri.EscapeDataString(here)}");
        return Task.CompletedTask;
    }

    // A strict cookie does not come with a link from another site; it comes with the very next request, which a page of ours makes.
    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}

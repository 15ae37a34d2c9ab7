using Microsoft.AspNetCore.Authentication;

namespace Touchstage.Mcp.SignIns;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(InboxPaths.SignIn, ShowAsync).AllowAnonymous();
        app.MapPost(InboxPaths.SignOut, SignOutAsync);
    }

    private static Task ShowAsync(HttpContext http) => InboxIdentity.Find(http) is null
        ? SignInPage.WriteAsync(http, StatusCodes.Status200OK, "Sign in", "", $"<p>On the computer where this server runs, an approver gets a link with: <code>touchstage inbox open</code></p>")
        : SignInPage.WriteReturnAsync(http, InboxPaths.Local(http.Request.Query["to"]));

    private static async Task SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(InboxCookie.Scheme);
        http.Response.Redirect(InboxPaths.SignIn);
    }
}

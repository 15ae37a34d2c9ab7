using Microsoft.AspNetCore.Authentication;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.SignIns;

/// <summary>Signing in and out.</summary>
internal static partial class SignInEndpoints
{
    private const string Ticket = "ticket";
    private const string To = "to";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet(InboxPaths.SignIn, ShowAsync).AllowAnonymous();
        app.MapPost(InboxPaths.SignIn, RedeemAsync).AllowAnonymous();
        app.MapGet(InboxPaths.SignedIn, ReturnAsync).AllowAnonymous();
        app.MapGet(InboxPaths.SignOut, AskSignOutAsync);
        app.MapPost(InboxPaths.SignOut, SignOutAsync);
        if (app.Services.GetRequiredService<SignInDoors>().HasProvider)
        {
            app.MapGet(InboxPaths.ProviderSignIn, GoToProviderAsync).AllowAnonymous();
        }
    }

    // Looking at the page takes no ticket: mail filters and chat programs look at links before people do.
    private static Task ShowAsync(HttpContext http)
    {
        var doors = http.RequestServices.GetRequiredService<SignInDoors>();
        var ticket = http.Request.Query[Ticket].ToString();
        if (ticket.Length == 0)
        {
            return InboxIdentity.Find(http) is null ? OfferAsync(http, doors) : ReturnAsync(http);
        }

        return doors.TakesLinks(http)
            ? SignInPage.WriteAsync(
                http, StatusCodes.Status200OK, "Sign in to the inbox", "",
                $"<p>This link works once, in this browser, for two minutes.</p>{SignInPage.Form(http, InboxPaths.SignIn, "Sign in", (Ticket, ticket), (To, InboxPaths.Local(http.Request.Query[To])))}")
            : NotHereAsync(http);
    }

    private static Task OfferAsync(HttpContext http, SignInDoors doors)
    {
        var to = Uri.EscapeDataString(InboxPaths.Local(http.Request.Query[To]));
        var provider = doors.HasProvider ? $"<p><a class=\"button\" href=\"{InboxPaths.ProviderSignIn}?{To}={to}\">Sign in with your organisation</a></p>" : "";
        var link = doors.TakesLinks(http) ? "<p>On this computer an approver makes a link with <code>touchstage inbox open</code>.</p>" : "";
        var none = provider.Length + link.Length == 0 ? "<p>Nobody can sign in from here: the operator has named no identity provider (<code>serve --oidc-authority</code>).</p>" : "";
        return SignInPage.WriteAsync(http, StatusCodes.Status200OK, "Sign in", "", provider + link + none);
    }

    private static async Task RedeemAsync(HttpContext http, ISignIns signIns)
    {
        if (!http.RequestServices.GetRequiredService<SignInDoors>().TakesLinks(http))
        {
            await NotHereAsync(http);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!(await signIns.RedeemAsync(form[Ticket], http.RequestAborted)).TryGet(out var approver, out var refusal))
        {
            await SignInPage.SayAsync(http, StatusCodes.Status403Forbidden, "This link does not sign you in", refusal.Reason);
            return;
        }

        await InboxCookie.SignInAsync(http, approver);
        http.Response.Redirect(InboxPaths.Local(form[To]));
    }

    private static Task ReturnAsync(HttpContext http) => SignInPage.WriteReturnAsync(http, InboxPaths.Local(http.Request.Query[To]));

    private static Task NotHereAsync(HttpContext http) =>
        SignInPage.SayAsync(http, StatusCodes.Status403Forbidden, "Links work on the server's own computer", "A sign-in link is taken only from a browser on the computer where this server listens on loopback.");

    private static async Task GoToProviderAsync(HttpContext http)
    {
        var back = $"{InboxPaths.SignedIn}?{To}={Uri.EscapeDataString(InboxPaths.Local(http.Request.Query[To]))}";
        try
        {
            await http.ChallengeAsync(ProviderSignIn.Scheme, new() { RedirectUri = back, IsPersistent = false, AllowRefresh = false });
        }
        catch (Exception broken) when (broken is InvalidOperationException or HttpRequestException or IOException)
        {
            LogUnreachable(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignInEndpoints)), broken);
            await SignInPage.SayAsync(http, StatusCodes.Status503ServiceUnavailable, "Your identity provider does not answer", "The server could not read what it needs from it. Try again; the server's log says why.");
        }
    }

    private static Task AskSignOutAsync(HttpContext http)
    {
        var approver = InboxIdentity.Of(http);
        return SignInPage.WriteAsync(
            http, StatusCodes.Status200OK, "Sign out", "",
            $"<p>You are {SignInPage.Encode(approver.Person ?? approver.Principal.Subject)} of {SignInPage.Encode(approver.Tenant.Value)}.</p>{SignInPage.Form(http, InboxPaths.SignOut, "Sign out")}");
    }

    private static async Task SignOutAsync(HttpContext http, ISignIns signIns)
    {
        await signIns.EndAsync(InboxIdentity.Of(http));
        await http.SignOutAsync(InboxCookie.Scheme);
        http.Response.Redirect(InboxPaths.SignIn);
    }

    [LoggerMessage(3303, LogLevel.Error, "The identity provider cannot be used")]
    private static partial void LogUnreachable(ILogger logger, Exception broken);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.SignIns;

/// <summary>
/// The sealed cookie of a signed-in browser. It names a tenant and a session and nothing else: who that is, and whether it still may, is looked up on every request.
/// </summary>
internal static class InboxCookie
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "inbox";

    /// <summary>The longest that a browser stays signed in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string Tenant = "tenant";
    private const string Session = "session";

    /// <summary>A cookie's name; over TLS the browser itself holds it to this very host (RFC 6265bis, section 4.1.3.2).</summary>
    public static string Name(string purpose, bool isSecure) => isSecure ? $"__Host-touchstage-{purpose}" : $"touchstage-{purpose}";

    public static void Configure(CookieAuthenticationOptions options, bool isSecure)
    {
        options.Cookie.Name = Name("session", isSecure);
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = IdentifyAsync;
    }

    /// <summary>Signs a browser in to a session, for 12 hours at most.</summary>
    public static Task SignInAsync(HttpContext http, Caller caller) => http.SignInAsync(Scheme, Ticket(caller), Properties());

    /// <summary>What the cookie holds.</summary>
    public static ClaimsPrincipal Ticket(Caller caller) => new(new ClaimsIdentity([new(Tenant, caller.Tenant.Value), new(Session, caller.SessionId)], Scheme));

    /// <summary>A cookie that the browser forgets when it is closed.</summary>
    public static AuthenticationProperties Properties() => new() { IsPersistent = false, AllowRefresh = false };

    /// <summary>Looks up anew who a signed-in browser acts as.</summary>
    public static Task<Result<Caller>> IdentifyAsync(ISignIns signIns, ClaimsPrincipal? ticket, CancellationToken cancellation) =>
        TenantId.TryParse(ticket?.FindFirst(Tenant)?.Value, out var tenant) && ticket.FindFirst(Session)?.Value is { Length: > 0 } session
            ? signIns.IdentifyAsync(tenant, session, cancellation)
            : Task.FromResult<Result<Caller>>(default);

    // Invariant: the cookie's own claims never become the request's identity, so nothing can be read from them by mistake.
    private static async Task IdentifyAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if ((await IdentifyAsync(http.RequestServices.GetRequiredService<ISignIns>(), context.Principal, http.RequestAborted)).TryGet(out var caller, out _))
        {
            context.ReplacePrincipal(new ClaimsPrincipal(new InboxIdentity(caller)));
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(Scheme);
    }
}

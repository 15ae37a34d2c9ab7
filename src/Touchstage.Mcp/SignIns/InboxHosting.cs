using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Touchstage.Mcp.Origins;

namespace Touchstage.Mcp.SignIns;

/// <summary>What stands before every page of the inbox.</summary>
internal static class InboxHosting
{
    /// <param name="services">Where to.</param>
    /// <param name="address">Where the server listens.</param>
    /// <param name="provider">Where people sign in beside links on loopback, or null.</param>
    public static IServiceCollection AddInboxDoors(this IServiceCollection services, ListenAddress address, ProviderSetup? provider)
    {
        var doors = services.AddAuthentication(InboxCookie.Scheme).AddCookie(InboxCookie.Scheme, options => InboxCookie.Configure(options, address.IsSecure));
        services.AddSingleton(new SignInDoors(address, provider is not null));
        if (provider is not null)
        {
            services.AddSingleton(provider).AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderSignIn>();
            doors.AddOpenIdConnect(ProviderSignIn.Scheme, static _ => { });
        }

        return services.AddAntiforgery(options => InboxForms.Configure(options, address.IsSecure));
    }

    /// <summary>The headers come first, so that every No has them too.</summary>
    public static void UseInboxHeaders(this WebApplication app) => app.UseWhen(IsInbox, inbox => inbox.UseMiddleware<InboxHeaders>());

    /// <summary>Who it is, then whether they may, then whether the form is ours.</summary>
    public static void UseInboxDoors(this WebApplication app, ListenAddress address)
    {
        if (address.IsBehindProxy)
        {
            // The operator said that browsers speak https; no header of a request is asked.
            app.UseWhen(IsInbox, inbox => inbox.Use((http, next) =>
            {
                http.Request.Scheme = Uri.UriSchemeHttps;
                return next(http);
            }));
        }

        app.UseAuthentication();
        app.UseWhen(IsInbox, inbox => inbox.UseMiddleware<InboxDoor>().UseMiddleware<InboxForms>());
    }

    /// <summary>The group of the inbox's endpoints. Everything below its path is behind the doors, in the group or not.</summary>
    public static RouteGroupBuilder MapInboxGroup(this WebApplication app) => app.MapGroup(InboxPaths.Root);

    private static bool IsInbox(HttpContext http) => http.Request.Path.StartsWithSegments(InboxPaths.Root, StringComparison.OrdinalIgnoreCase);
}

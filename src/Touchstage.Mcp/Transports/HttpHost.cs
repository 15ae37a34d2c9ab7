using Microsoft.AspNetCore.Diagnostics;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Inbox;
using Touchstage.Mcp.Introspection;
using Touchstage.Mcp.Origins;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.SignIns;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.Transports;

/// <summary>The server over HTTP: streamable HTTP for both eras, legacy SSE, the public keys, introspection and the health checks.</summary>
internal static class HttpHost
{
    /// <summary>Longer than any step lives.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(35);

    private const long MaxRequestBody = 2 * 1024 * 1024;
    private const string Mcp = "/mcp";

    public static WebApplication Build(Action<IServiceCollection> addSafety, ListenAddress address, ProviderSetup? provider = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        ServerLog.AddTo(builder.Logging);
        addSafety(builder.Services);
        builder.WebHost.UseUrls(address.Uri.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(address);
        builder.Services.AddInboxDoors(address, provider).AddInboxPages();
        builder.Services.AddSingleton<WrongSecrets>().AddSingleton<IntrospectionEndpoint>();
        builder.Services.AddTouchstageMcp().WithHttpTransport(Transport);
        return Map(builder.Build(), address);
    }

    private static void Transport(HttpServerTransportOptions options)
    {
        options.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
        options.ConfigureSessionOptions = (http, server, _) =>
        {
            server.ServerInstructions = Instructions.For(SessionIdentity.Of(http.User).Demand().Kind);
            return Task.CompletedTask;
        };
#pragma warning disable MCP9004, MCP9006, MCPEXP002 // Legacy SSE, session limits and the session handler are marked experimental or deprecated.
        options.EnableLegacySse = true;
        options.IdleTimeout = TimeSpan.FromMinutes(10);
        options.MaxIdleSessionCount = 1_000;
        options.RunSessionHandler = RunSessionAsync;
#pragma warning restore MCP9004, MCP9006, MCPEXP002
    }

    // The context dies with the request that opened the session: whatever the session needs is taken from it first.
    private static async Task RunSessionAsync(HttpContext http, McpServer server, CancellationToken cancellation)
    {
        var (sessions, subscribers) = (http.RequestServices.GetRequiredService<HttpSessions>(), http.RequestServices.GetRequiredService<LegacySubscribers>());
        if (server.SessionId is not { } id)
        {
            await server.RunAsync(cancellation);
            return;
        }

        sessions.Open(id, server, SessionIdentity.OwnerOf(SessionIdentity.Of(http.User).Demand()));
        try
        {
            await server.RunAsync(cancellation);
        }
        finally
        {
            sessions.Close(id);
            subscribers.Forget(id);
        }
    }

    private static WebApplication Map(WebApplication app, ListenAddress address)
    {
        app.UseInboxHeaders();
        app.UseExceptionHandler(broken => broken.Run(SayBrokenAsync));
        app.UseMiddleware<OriginCheck>();
        app.UseInboxDoors(address);
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Mcp, StringComparison.OrdinalIgnoreCase), protocol => protocol.UseMiddleware<BearerCheck>());
        app.MapMcp(Mcp);
        app.MapSignIn();
        app.MapInboxPages();
        app.MapGet("/.well-known/jwks.json", async (IStepKeys keys, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            return Results.Text(await keys.JwksAsync(http.RequestAborted), "application/jwk-set+json");
        });
        app.MapPost(IntrospectionEndpoint.Path, IntrospectionEndpoint.HandleAsync);
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", async (Readiness readiness, HttpContext http) =>
            await readiness.IsReadyAsync(http.RequestAborted) ? Results.Text("ready") : Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable));
        return app;
    }

    // The log has the exception; the caller gets what to look for in it.
    private static Task SayBrokenAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(InboxPaths.Root, StringComparison.OrdinalIgnoreCase))
        {
            return SignInPage.SayAsync(
                http, StatusCodes.Status503ServiceUnavailable, "The inbox cannot answer now", $"The server's log says why under {http.TraceIdentifier}. If you were deciding, look at the case again before you repeat it.");
        }

        var isTooLarge = http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
        return isTooLarge
            ? HttpRefusal.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "too_large", "A request has 2 MiB at most.")
            : HttpRefusal.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "not_available", $"The server cannot answer now. Its log says why under {http.TraceIdentifier}. If a call was under way, ask what became of it before you repeat it.");
    }
}

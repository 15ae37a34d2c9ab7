using Microsoft.AspNetCore.Diagnostics;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Admission;
using Touchstage.Mcp.Frames;
using Touchstage.Mcp.Inbox;
using Touchstage.Mcp.Introspection;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Origins;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.SignIns;
using Touchstage.Mcp.Streams;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Mcp.Telemetry;
using Touchstage.Safety.Steps;

namespace Touchstage.Mcp.Transports;

/// <summary>The server over HTTP: streamable HTTP for both eras, legacy SSE, the public keys, introspection and the health checks.</summary>
internal static class HttpHost
{
    /// <summary>Longer than any step lives.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(35);

    private const string Mcp = "/mcp";

    // Some 10 to 20 KB each. Past this many the one that was used the longest ago is ended for a new one.
    private const int MaxIdleSessions = 4_096;

    private const string TooManySessions = "Too many MCP sessions of this principal or its tenant are open. End some with DELETE; those that nobody uses end by themselves after some minutes.";

    public static WebApplication Build(Action<IServiceCollection> addSafety, ListenAddress address, ProviderSetup? provider = null, PortLimits? limits = null, Operation? operation = null)
    {
        var port = limits ?? PortLimits.Default;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        var followed = operation ?? Operation.Quiet;
        ServerLog.AddTo(builder.Logging, followed.Log);
        TelemetryExport.Add(builder, followed.Export, McpSurface.Version);
        addSafety(builder.Services);
        builder.WebHost.UseUrls(address.Uri.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => Connections.Limit(kestrel, port));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(address);
        builder.Services.AddInboxDoors(address, provider).AddInboxPages();
        builder.Services.AddSingleton<WrongSecrets>().AddSingleton<IntrospectionEndpoint>();
        builder.Services.AddCallAdmission(port).AddSingleton<WrongKeys>();
#pragma warning disable MCP9006 // Resuming ends with sessions, so it is marked deprecated.
        builder.Services.AddSingleton<EventStore>().AddSingleton<ISseEventStreamStore>(services => services.GetRequiredService<EventStore>());
#pragma warning restore MCP9006
        builder.Services.AddTouchstageMcp(port).WithHttpTransport(options => Transport(options, port));
        builder.Services.AddOptions<HttpServerTransportOptions>().Configure<TimeProvider>((options, time) => options.TimeProvider = time);
        return Map(builder.Build(), address);
    }

    private static void Transport(HttpServerTransportOptions options, PortLimits port)
    {
        options.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
        options.ConfigureSessionOptions = (http, server, _) =>
        {
            var caller = SessionIdentity.Of(http.User).Demand();

            // A session is being made if it has its id already. The requests of the newest revision have none, and a legacy SSE session ends with its stream.
            if (http.Response.Headers.ContainsKey("Mcp-Session-Id") && !http.RequestServices.GetRequiredService<HttpSessions>().HasRoomFor(caller))
            {
                throw new BadHttpRequestException(TooManySessions, StatusCodes.Status429TooManyRequests);
            }

            server.ServerInstructions = Instructions.For(caller.Kind);
            return Task.CompletedTask;
        };
#pragma warning disable MCP9004, MCP9006, MCPEXP002 // Legacy SSE, session limits and the session handler are marked experimental or deprecated.
        options.EnableLegacySse = true;
        options.IdleTimeout = TimeSpan.FromMinutes(port.IdleMinutes);
        options.MaxIdleSessionCount = MaxIdleSessions;
        options.RunSessionHandler = RunSessionAsync;
#pragma warning restore MCP9004, MCP9006, MCPEXP002
    }

    // The context dies with the request that opened the session: whatever the session needs is taken from it first.
    private static async Task RunSessionAsync(HttpContext http, McpServer server, CancellationToken cancellation)
    {
        var (sessions, subscribers) = (http.RequestServices.GetRequiredService<HttpSessions>(), http.RequestServices.GetRequiredService<LegacySubscribers>());
        var events = http.RequestServices.GetRequiredService<EventStore>();
        if (server.SessionId is not { } id)
        {
            await server.RunAsync(cancellation);
            return;
        }

        sessions.Open(id, server, SessionIdentity.Of(http.User));
        StreamLease.Name(http, id);
        try
        {
            await server.RunAsync(cancellation);
        }
        finally
        {
            sessions.Close(id);
            subscribers.Forget(id);
            events.Forget(id);
        }
    }

    private static WebApplication Map(WebApplication app, ListenAddress address)
    {
        app.UseInboxHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = SayBrokenAsync,
            AllowStatusCode404Response = true,
            // What a client does wrong is no fault of the server's, and must not fill its log.
            SuppressDiagnosticsCallback = broken => broken.Exception is BadHttpRequestException,
        });
        app.UseMiddleware<OriginCheck>();
        app.UseInboxDoors(address);
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Mcp, StringComparison.OrdinalIgnoreCase), protocol => protocol.UseMiddleware<BearerCheck>().UseRateLimiter().UseMiddleware<FrameGate>().UseMiddleware<KeepAlive>());
        app.MapMcp(Mcp);
        app.MapSignIn();
        app.MapInboxPages();
        app.MapGet("/.well-known/jwks.json", async (IStepKeys keys, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            return Results.Text(await keys.JwksAsync(http.RequestAborted), "application/jwk-set+json");
        });
        var resource = app.Services.GetRequiredService<ProtectedResource>();
        foreach (var path in resource.Paths)
        {
            app.MapGet(path, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=300";
                return Results.Text(resource.Metadata, "application/json");
            });
        }

        app.MapPost(IntrospectionEndpoint.Path, IntrospectionEndpoint.HandleAsync);
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", async (Readiness readiness, HttpContext http) =>
            await readiness.IsReadyAsync(http.RequestAborted) ? Results.Text("ready") : Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable));
        return app;
    }

    private static async Task SayBrokenAsync(HttpContext http)
    {
        try
        {
            await TellBrokenAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone.
        }
    }

    // The log has the exception; the caller gets what to look for in it.
    private static Task TellBrokenAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(InboxPaths.Root, StringComparison.OrdinalIgnoreCase))
        {
            return SignInPage.SayAsync(
                http, StatusCodes.Status503ServiceUnavailable, "The inbox cannot answer now", $"The server's log says why under {http.TraceIdentifier}. If you were deciding, look at the case again before you repeat it.");
        }

        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is not BadHttpRequestException bad)
        {
            return HttpRefusal.WriteAsync(
                http, StatusCodes.Status503ServiceUnavailable, "not_available", $"The server cannot answer now. Its log says why under {http.TraceIdentifier}. If a call was under way, ask what became of it before you repeat it.");
        }

        return bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => HttpRefusal.WriteAsync(http, bad.StatusCode, "too_large", "A request has 2 MiB at most."),
            StatusCodes.Status408RequestTimeout => HttpRefusal.WriteAsync(http, bad.StatusCode, "too_slow", "The request came too slowly. Nothing was done."),
            StatusCodes.Status429TooManyRequests => TooMany.WriteAsync(http, "too_many_sessions", TooManySessions, TimeSpan.FromMinutes(1)),
            _ => HttpRefusal.WriteAsync(http, StatusCodes.Status400BadRequest, "malformed", "This is not a well-formed HTTP request. Nothing was done."),
        };
    }
}

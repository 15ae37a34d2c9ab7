using System.Net;
using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Mcp.CommandLine;

/// <summary>
/// Where a browser on this computer comes back to from an authorization server (RFC 8252, section 7.3): one path on the loopback address, taken once. Any page that the browser
/// shows can send it here as well; what is no answer to the request changes nothing.
/// </summary>
internal sealed class AuthorizationCallback : IAsyncDisposable
{
    /// <summary>The one path.</summary>
    public const string Path = "/callback";

    private const int MaxRequestLine = 16 * 1024;

    // The browser that brought the answer gets its page before the listener goes; one that does not read it is not waited for.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly WebApplication app;
    private readonly TaskCompletionSource<string> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AuthorizationRequest? request;

    private AuthorizationCallback(WebApplication app) => this.app = app;

    /// <summary>Where the server is to send the browser: the address that was taken, to the letter.</summary>
    public Uri RedirectUri { get; private set; } = null!;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">Which port; 0 takes a free one.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="UsageException">The port is taken.</exception>
    public static async Task<AuthorizationCallback> StartAsync(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        });
        // Without Ctrl+C of its own: that ends the verb, and the verb ends this.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var callback = new AuthorizationCallback(builder.Build());
        callback.app.Run(callback.HandleAsync);
        try
        {
            await callback.app.StartAsync(cancellation);
        }
        catch (IOException)
        {
            await callback.DisposeAsync();
            throw new UsageException($"Port {port} of 127.0.0.1 is taken. Name another with --port, or none for a free one.");
        }

        callback.RedirectUri = new Uri(new Uri(callback.app.Urls.Single()), Path);
        return callback;
    }

    /// <summary>The query that answers the request.</summary>
    public async Task<string> AnswerToAsync(AuthorizationRequest asked, TimeSpan patience, CancellationToken cancellation)
    {
        Volatile.Write(ref request, asked);
        return await answer.Task.WaitAsync(patience, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var farewell = new CancellationTokenSource(Farewell);
        await app.StopAsync(farewell.Token);
        await app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context)
    {
        // By name another site could be this one (DNS rebinding).
        if (context.Request.Host.Value != RedirectUri.Authority || context.Request.Path != Path || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var query = context.Request.QueryString.Value ?? "";
        return Volatile.Read(ref request)?.IsAnsweredBy(query) is true && answer.TrySetResult(query)
            ? WriteAsync(context.Response, StatusCodes.Status200OK, "The answer has arrived", "You can close this window. The terminal says what came of it.")
            : WriteAsync(context.Response, StatusCodes.Status400BadRequest, "This answer is not taken", "It answers nothing that was asked, or it came before. Nothing was changed.");
    }

    private static Task WriteAsync(HttpResponse response, int status, string title, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>");
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

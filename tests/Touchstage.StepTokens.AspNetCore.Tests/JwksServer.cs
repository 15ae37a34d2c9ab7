using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>An issuer's server on a real loopback port that answers as its script says.</summary>
internal sealed class JwksServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private JwksServer(WebApplication app) => this.app = app;

    public Uri Keys => new(app.Urls.Single() + "/jwks");

    /// <summary>How often anything was asked for.</summary>
    public int Asked => asked;

    /// <summary>Ends when the first question has come.</summary>
    public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public static async Task<JwksServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new JwksServer(builder.Build());
        server.app.Run(context =>
        {
            Interlocked.Increment(ref server.asked);
            server.First.TrySetResult();
            return server.Answer(context);
        });
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Publishes keys from now on.</summary>
    public void Publish(StepTokenKeySet keys) => Publish(keys.ToJwks());

    /// <summary>Publishes a text from now on.</summary>
    public void Publish(string document) => Answer = context => context.Response.WriteAsync(document);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

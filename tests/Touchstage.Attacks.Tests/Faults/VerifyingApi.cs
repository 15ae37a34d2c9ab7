using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstage.StepTokens;
using Touchstage.StepTokens.AspNetCore;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>An API on a real port whose owner installed the verifier kit: it executes whatever the kit lets through, and counts it.</summary>
internal sealed class VerifyingApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Checks checks;
    private int executed;

    private VerifyingApi(WebApplication app, Checks checks)
    {
        this.app = app;
        this.checks = checks;
    }

    /// <summary>How often it did something.</summary>
    public int Executed => executed;

    /// <summary>The checks that failed, as its owner's log has them.</summary>
    public IReadOnlyCollection<string> FailedChecks => checks.Failed;

    /// <summary>Starts it behind the address under which Touchstage calls it. Its tenants are known by their keys; it was never there before unless it is a restart.</summary>
    public static async Task<VerifyingApi> StartAsync(
        TouchstageHost host, string publicUrl, StepTokenKeySet keys, string audience = "storefront", string capability = "invite_member", bool isRestart = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var failures = new Checks();
        builder.Logging.ClearProviders().AddProvider(failures);
        builder.Services.AddSingleton<TimeProvider>(host.Time);
        builder.Services.AddTouchstageStepTokens(tokens =>
        {
            tokens.Issuer = "touchstage";
            tokens.Audience = audience;
            tokens.PublicBaseUrl = publicUrl;
            tokens.Keys = keys;
            tokens.AcceptBearer = true;
            tokens.AcceptTokensFromBeforeStart = !isRestart;
            tokens.TenantOf = request => new(request.Headers.Authorization.ToString() switch
            {
                "Bearer secret-of-acme" => "acme",
                "Bearer secret-of-globex" => "globex",
                // Beside a token that comes as the bearer the account is in the path, or here the only one there is.
                _ => "acme",
            });
        });
        var api = new VerifyingApi(builder.Build(), failures);
        api.app.Map("/{**anything}", () =>
        {
            Interlocked.Increment(ref api.executed);
            return "{}";
        }).RequireCapability(capability);
        await api.app.StartAsync();
        return api;
    }

    /// <summary>Sends a request to the letter; gives the status and the content.</summary>
    public async Task<(int Status, string Body)> SendAsync(string method, string target, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        using var client = new TcpClient();
        var address = new Uri(app.Urls.Single());
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var head = string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\nHost: api\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{head}\r\n")));
        await stream.WriteAsync(body);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        return (int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Checks : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Failed { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(value => value.Key is "Check").Value is string check)
            {
                Failed.Enqueue(check);
            }
        }

        public void Dispose()
        {
        }
    }
}

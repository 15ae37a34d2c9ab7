using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Touchstage.TestKit;

/// <summary>Kestrel with TLS on a free loopback port. It answers everything with <c>{}</c>, or as the test says, and remembers who asked on which connection.</summary>
public sealed class TlsUpstream : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<TlsAsked> asked = new();

    private TlsUpstream(WebApplication server) => this.server = server;

    /// <summary>Its base URL, by address.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <summary>Its port.</summary>
    public int Port => new Uri(BaseUrl).Port;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<TlsAsked> Asked => [.. asked];

    /// <summary>Starts it.</summary>
    /// <param name="certificate">What it shows.</param>
    /// <param name="clients">The authority that every client's certificate must be issued by; null asks for none.</param>
    /// <param name="answer">What it answers; default: <c>{}</c>.</param>
    /// <param name="protocols">The TLS versions it speaks; default: the system's.</param>
    public static async Task<TlsUpstream> StartAsync(
        X509Certificate2 certificate, X509Certificate2? clients = null, RequestDelegate? answer = null, SslProtocols protocols = SslProtocols.None)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        // Offline: the server itself must not fetch what its certificate names, so that a test sees who does.
        var shownToClients = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = shownToClients,
            EnabledSslProtocols = protocols,
            ClientCertificateRequired = clients is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            RemoteCertificateValidationCallback = (_, shown, _, _) => clients is null || (shown is X509Certificate2 one && IsIssuedBy(one, clients)),
        };
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(options),
        })));
        var host = builder.Build();
        var upstream = new TlsUpstream(host);
        host.Run(async context =>
        {
            var shown = context.Connection.ClientCertificate;
            upstream.asked.Enqueue(new(context.Connection.Id, shown?.Thumbprint, context.Request.Method, context.Request.Path + context.Request.QueryString));
            if (answer is not null)
            {
                await answer(context);
                return;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}");
        });
        await host.StartAsync();
        upstream.BaseUrl = host.Urls.Single();
        return upstream;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private static bool IsIssuedBy(X509Certificate2 shown, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(shown);
    }
}

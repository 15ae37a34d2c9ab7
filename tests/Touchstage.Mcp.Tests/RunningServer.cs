using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Origins;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.SignIns;
using Touchstage.Mcp.Tests.SignIns;
using Touchstage.Mcp.Transports;
using Touchstage.Safety;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests;

/// <summary>The real server over HTTP on a free loopback port, on the store, clock and tenants of a <see cref="TouchstageHost"/>, before an upstream that answers.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string Old = "2025-11-25";
    public const string Modern = "2026-07-28";

    private readonly FakeUpstream upstream;
    private readonly WebApplication app;
    private readonly List<IAsyncDisposable> clients = [];

    private RunningServer(FakeUpstream upstream, TouchstageHost host, WebApplication app)
    {
        this.upstream = upstream;
        this.app = app;
        Host = host;
    }

    public TouchstageHost Host { get; }

    public FakeUpstream Upstream => upstream;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IServiceProvider Services => app.Services;

    /// <summary>Starts it.</summary>
    /// <param name="answering">The upstream; the sample product's if null.</param>
    /// <param name="provider">The identity provider of the inbox.</param>
    /// <param name="networks">Networks that the operator opened beside the upstream.</param>
    /// <param name="hosts">Further names of the server.</param>
    /// <param name="isBehindProxy">Whether the operator said so.</param>
    /// <param name="manifests">Capability manifests by file name; the sample's if null.</param>
    /// <param name="inboxUrl">The inbox as people reach it, or null.</param>
    /// <param name="configure">Adds to its services, or null.</param>
    /// <param name="limits">How much its port takes on; what it does by default if null.</param>
    /// <param name="issuer">Whose access tokens it takes, or null.</param>
    /// <param name="tokens">Sets those otherwise, or null.</param>
    public static async Task<RunningServer> StartAsync(
        FakeUpstream? answering = null,
        ProviderSetup? provider = null,
        string[]? networks = null,
        string[]? hosts = null,
        bool isBehindProxy = false,
        IReadOnlyDictionary<string, string>? manifests = null,
        string? inboxUrl = null,
        Action<IServiceCollection>? configure = null,
        PortLimits? limits = null,
        FakeIssuer? issuer = null,
        Action<TokenOptions>? tokens = null)
    {
        var product = answering ?? SampleUpstream.Start();
        var host = await TouchstageHost.StartAsync(product.BaseUrl, manifests);
        ListenAddress.TryCreate("http://127.0.0.1:0", hosts ?? [], isBehindProxy, out var address, out _).ShouldBeTrue();
        var capabilities = manifests is null ? Repository.Capabilities : Path.Combine(host.Folder, "capabilities");
        var server = HttpHost.Build(
            services =>
            {
                AddSafety(services, host, product, issuer is null ? networks : [issuer.Network, .. networks ?? []], capabilities, inboxUrl, options =>
                {
                    issuer?.Trust(options);
                    tokens?.Invoke(options);
                });
                configure?.Invoke(services);
            },
            address!,
            provider,
            limits);
        if (issuer is not null)
        {
            issuer.Time = host.Time;
        }

        (await server.Services.StartTouchstageSafetyAsync(default)).IsLoaded.ShouldBeTrue();
        await server.StartAsync();
        return new(product, host, server);
    }

    public static void AddSafety(
        IServiceCollection services,
        TouchstageHost host,
        FakeUpstream product,
        string[]? networks = null,
        string? capabilities = null,
        string? inboxUrl = null,
        Action<TokenOptions>? tokens = null) => services
        .AddSingleton<TimeProvider>(host.Time)
        .AddTouchstageSafety(options =>
        {
            options.DataDirectory = Path.Combine(host.Folder, "data");
            options.CapabilitiesDirectory = capabilities ?? Repository.Capabilities;
            options.InboxUrl = inboxUrl;
            tokens?.Invoke(options.Tokens);
            options.AllowedNetworks.Add(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{product.Port}"));
            foreach (var network in networks ?? [])
            {
                options.AllowedNetworks.Add(network);
            }
        });

    /// <summary>Gives a visitor the cookie of a session, as signing in to it would.</summary>
    public void SignIn(Visitor visitor, Caller caller)
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(InboxCookie.Scheme);
        visitor.Bring(options.Cookie.Name!, options.TicketDataFormat.Protect(new(InboxCookie.Ticket(caller), InboxCookie.Properties(), InboxCookie.Scheme)));
    }

    /// <summary>A bare HTTP client under a session key.</summary>
    public HttpClient Http(string? key)
    {
        var http = new HttpClient { BaseAddress = Url };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        return http;
    }

    /// <summary>A real MCP client under a session key.</summary>
    /// <param name="key">The session key.</param>
    /// <param name="era">The protocol revision to insist on, or null to negotiate.</param>
    /// <param name="sse">Whether over legacy SSE.</param>
    /// <param name="options">What else the client is and can, or null.</param>
    public async Task<McpClient> ClientAsync(string key, string? era = null, bool sse = false, McpClientOptions? options = null)
    {
        var transport = new HttpClientTransport(
            new()
            {
                Endpoint = new Uri(Url, sse ? "/mcp/sse" : "/mcp"),
                TransportMode = sse ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
            },
            Http(key),
            ownsHttpClient: true);
        var speaking = options ?? new();
        speaking.ProtocolVersion = era;
        var client = await McpClient.CreateAsync(transport, speaking);
        clients.Add(client);
        return client;
    }

    /// <summary>The same through a door by name: <c>http ERA</c>, <c>sse</c>, or <c>streams ERA</c>, which is what a server on standard input and output speaks.</summary>
    public async Task<McpClient> ThroughAsync(string door, string key, McpClientOptions? options = null)
    {
        var era = door.Split(' ') is [_, var named] ? named : null;
        if (!door.StartsWith("streams", StringComparison.Ordinal))
        {
            return await ClientAsync(key, era, door == "sse", options);
        }

        var (toServer, toClient) = (new Pipe(), new Pipe());
        var settings = Services.GetRequiredService<IOptionsFactory<McpServerOptions>>().Create(Options.DefaultName);
        settings.Filters.Message.IncomingFilters.Insert(0, new StdioSession(key).Identify);
        var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), settings, serviceProvider: Services);
        _ = server.RunAsync();
        var speaking = options ?? new();
        speaking.ProtocolVersion = era;
        var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), speaking);
        clients.Add(client);
        clients.Add(server);
        return client;
    }

    /// <summary>Revokes the session of a key.</summary>
    public async Task RevokeAsync(string key)
    {
        var caller = await Host.CallerAsync(key);
        (await Services.GetRequiredService<ISessionAdministration>().RevokeAsync(caller.Tenant, caller.SessionId, default)).TryGet(out _, out _).ShouldBeTrue();
    }

    /// <summary>Revokes the one session that a tenant's tokens have opened.</summary>
    public async Task RevokeTokenAsync(string tenant)
    {
        var sessions = Services.GetRequiredService<ISessionAdministration>();
        var opened = (await sessions.ListAsync(TouchstageHost.TenantOf(tenant), default)).Single(session => session.Principal.Issuer != "touchstage");
        (await sessions.RevokeAsync(opened.Principal.Tenant, opened.Id, default)).TryGet(out _, out _).ShouldBeTrue();
    }

    /// <summary>Holds a refund that needs a person, and returns its approval's id.</summary>
    public static async Task<string> HoldAsync(McpClient agent, double amount = 80)
    {
        var result = await agent.CallToolAsync("refund_user", new Dictionary<string, object?> { ["payment_id"] = "pay_1", ["amount"] = amount });
        return result.StructuredContent!.Value.GetProperty("approval").GetProperty("id").GetString()!;
    }

    public static string TextOf(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;

    public static string TextOf(GetPromptResult result) => ((TextContentBlock)result.Messages.Single().Content).Text;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await TouchstageHost.EndDueWorkAsync(app.Services);
        await app.DisposeAsync();
        await Host.DisposeAsync();
        await upstream.DisposeAsync();
    }
}

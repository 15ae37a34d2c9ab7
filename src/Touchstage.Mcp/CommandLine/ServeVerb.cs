using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Touchstage.Mcp.Origins;
using Touchstage.Mcp.Transports;
using Touchstage.Safety;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Runs the server, on standard input and output or over HTTP.</summary>
internal sealed class ServeVerb() : Verb("serve", "Run the server: over HTTP, or on standard input and output.")
{
    private const string DefaultUrl = "http://127.0.0.1:5210";

    private readonly Option<bool> stdio = new("--stdio") { Description = "Speak MCP on standard input and output, under the session key in TOUCHSTAGE_SESSION." };
    private readonly Option<string?> http = new("--http") { Description = $"Listen on this address. Default: {DefaultUrl}. Port 0 takes a free one.", HelpName = "URL" };
    private readonly Option<string[]> hostNames = new("--host") { Description = "A further name by which clients call the server. May be repeated.", HelpName = "NAME" };
    private readonly Option<bool> behindProxy = new("--behind-proxy") { Description = "A proxy in front ends TLS, so listening without TLS on other than loopback addresses is meant." };
    private readonly Option<string?> inboxUrl = new("--inbox-url") { Description = "The inbox as people reach it, for links. Default: /inbox where the server listens, if that is a loopback address.", HelpName = "URL" };

    private readonly ProviderOptions provider = new();
    private readonly TokenIssuerOptions issuers = new();
    private readonly LimitOptions limits = new();
    private readonly OperationOptions operation = new();

    protected override IEnumerable<Option> Options => [stdio, http, hostNames, behindProxy, inboxUrl, .. provider.All, .. issuers.All, .. limits.All, .. operation.All];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var url = parse.GetValue(http);
        if (parse.GetValue(stdio))
        {
            return url is not null ? Task.FromResult(terminal.Misused("Say either --stdio or --http, not both."))
                : issuers.Given(parse) is { } option ? Task.FromResult(terminal.Misused($"{option} is for HTTP: on standard input and output the session key in {SessionKeySource.Variable} says who acts."))
                : ServeStdioAsync(parse, terminal, cancellation);
        }

        return ListenAddress.TryCreate(url ?? DefaultUrl, parse.GetValue(hostNames) ?? [], parse.GetValue(behindProxy), out var address, out var problem)
            ? ServeHttpAsync(parse, terminal, address, cancellation)
            : Task.FromResult(terminal.Misused(problem));
    }

    private async Task<int> ServeStdioAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (terminal.Environment(SessionKeySource.Variable) is not { Length: > 0 } key)
        {
            return terminal.Refuse($"{SessionKeySource.Variable} is not set. serve --stdio needs a session key in it; an operator makes one with: touchstage session create.");
        }

        var setup = ServerSetup.From(parse, terminal);
        using var server = StdioHost.Build(services => services.AddTouchstageSafety(options => Set(setup, options, "stdio", parse.GetValue(inboxUrl))), key, operation.Read(parse, terminal));
        await server.Services.OpenTouchstageStoreAsync(cancellation);
        if (!(await server.Services.GetRequiredService<ICallers>().IdentifyAsync(key, cancellation)).TryGet(out var caller, out var refusal))
        {
            return terminal.Refuse($"The session key in {SessionKeySource.Variable} is not good. {refusal.Reason}");
        }

        StdioHost.Instruct(server, caller.Kind);
        return await RunAsync(server, terminal, static _ => { }, cancellation);
    }

    private async Task<int> ServeHttpAsync(ParseResult parse, Terminal terminal, ListenAddress address, CancellationToken cancellation)
    {
        var setup = ServerSetup.From(parse, terminal);
        await using var app = HttpHost.Build(
            services => services.AddTouchstageSafety(options =>
            {
                Set(setup, options, "http", parse.GetValue(inboxUrl));
                issuers.Apply(parse, options.Tokens, address);
            }),
            address,
            provider.Read(parse, terminal),
            limits.Read(parse),
            operation.Read(parse, terminal));
        await app.Services.OpenTouchstageStoreAsync(cancellation);
        return await RunAsync(app, terminal, services => TellAddresses(services, terminal, parse.GetValue(behindProxy)), cancellation);
    }

    private static async Task<int> RunAsync(IHost host, Terminal terminal, Action<IServiceProvider> started, CancellationToken cancellation)
    {
        var report = await host.Services.GetRequiredService<IManifests>().ReloadAsync(cancellation);
        if (!report.IsLoaded)
        {
            return Found(report, terminal);
        }

        try
        {
            await host.StartAsync(cancellation);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return terminal.Refuse($"{taken.Message.TrimEnd('.')}. Stop what listens there, or choose another address: serve --http http://127.0.0.1:PORT (0 takes a free port).");
        }
        catch (Exception denied) when (denied is SocketException or IOException)
        {
            return terminal.Refuse($"The server cannot listen there: {denied.Message} Choose another address: serve --http http://127.0.0.1:PORT (0 takes a free port).");
        }

        started(host.Services);
        await host.WaitForShutdownAsync(cancellation);
        return ExitCode.Done;
    }

    private static void TellAddresses(IServiceProvider services, Terminal terminal, bool isBehindProxy)
    {
        var options = services.GetRequiredService<SafetyOptions>();
        foreach (var url in services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            // Elsewhere than on loopback people type a name or a proxy's address, which only the operator knows.
            options.InboxUrl ??= !isBehindProxy && Uri.TryCreate(url, UriKind.Absolute, out var listening) && listening.IsLoopback ? $"{listening.GetLeftPart(UriPartial.Authority)}/inbox" : null;
            terminal.Out.WriteLine($"listening on {url}");
            terminal.Out.Flush();
        }
    }

    private static void Set(ServerSetup setup, SafetyOptions options, string transport, string? inboxUrl)
    {
        setup.Apply(options);
        options.Transport = transport;
        options.InboxUrl = inboxUrl;
    }
}

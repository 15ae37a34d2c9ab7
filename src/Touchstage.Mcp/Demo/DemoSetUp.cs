using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstage.Safety;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.Demo;

/// <summary>
/// The operator's part, through the library's own administration: two tenants, their secrets and their sessions, set before the server starts; afterwards the
/// records that only an operator reads.
/// </summary>
internal sealed class DemoSetUp(string dataDirectory, int storefrontPort) : IAsyncDisposable
{
    /// <summary>The port that the tenants' manifests name until the real one is known.</summary>
    private const string WrittenPort = ":5300";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly Dictionary<string, TenantId> tenants = new(StringComparer.Ordinal);
    private readonly ServiceProvider services = new ServiceCollection()
        .AddTouchstageSafety(options =>
        {
            options.DataDirectory = dataDirectory;
            options.CapabilitiesDirectory = DemoLayout.Capabilities;
            options.AllowedNetworks.Add(NetworkOf(storefrontPort));
        })
        .BuildServiceProvider();

    /// <summary>The one private address that is opened: the sample product's.</summary>
    public static string NetworkOf(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{port}");

    /// <summary>Sets everything up.</summary>
    public async Task<DemoSessions> RunAsync(DemoSecrets secrets, CancellationToken cancellation)
    {
        var report = await services.StartTouchstageSafetyAsync(cancellation);
        if (!report.IsLoaded)
        {
            throw new DemoException($"The sample manifests do not load:\n{string.Join('\n', report.Problems)}");
        }

        await ApplyAsync("acme", cancellation);
        await ApplyAsync("globex", cancellation);
        await SetSecretAsync("acme", "workspace", secrets.AcmeApiKey, cancellation);
        await SetSecretAsync("globex", "billing", secrets.GlobexClientSecret, cancellation);
        return new(
            await SessionAsync("acme", "helper", SessionKind.Agent, ["member"], cancellation),
            await SessionAsync("acme", "night-run", SessionKind.Agent, ["admin"], cancellation),
            await SessionAsync("acme", "sam", SessionKind.Approver, ["support"], cancellation),
            await SessionAsync("acme", "olga", SessionKind.Approver, ["owner"], cancellation),
            await SessionAsync("globex", "helper", SessionKind.Agent, ["member"], cancellation));
    }

    /// <summary>Verifies one tenant's ledger.</summary>
    public Task<LedgerReport> VerifyAsync(string tenant, CancellationToken cancellation) =>
        services.GetRequiredService<ILedger>().VerifyAsync(tenants[tenant], checkpoint: null, cancellation);

    /// <summary>Reprints one step from the ledger alone.</summary>
    public async Task<Replay> ReplayAsync(string tenant, string step, CancellationToken cancellation) =>
        Demand(await services.GetRequiredService<IReplays>().ReplayAsync(tenants[tenant], step, cancellation), $"The replay of {step}");

    /// <summary>What a tenant's ledger holds.</summary>
    public async Task<IReadOnlyList<LedgerLine>> LedgerAsync(string tenant, CancellationToken cancellation)
    {
        using var export = new MemoryStream();
        await services.GetRequiredService<ILedger>().ExportAsync(tenants[tenant], export, cancellation);
        return [.. Encoding.UTF8.GetString(export.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line)];

        static LedgerLine Line(string json)
        {
            var entry = JsonElement.Parse(json);
            return new(entry.GetProperty("n").GetInt64(), entry.GetProperty("kind").GetString() ?? "", entry.GetProperty("subject").GetString() ?? "");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task ApplyAsync(string name, CancellationToken cancellation)
    {
        var file = DemoLayout.Tenant(name);
        var port = string.Create(CultureInfo.InvariantCulture, $":{storefrontPort}");
        var yaml = (await File.ReadAllTextAsync(file, cancellation)).Replace(WrittenPort, port, StringComparison.Ordinal);
        var report = await services.GetRequiredService<ITenantAdministration>().ApplyAsync(Path.GetFileName(file), yaml, cancellation);
        tenants[name] = report.Tenant?.Id ?? throw new DemoException($"The demo's tenant {name} was not applied:\n{string.Join('\n', report.Problems)}");
    }

    private async Task SetSecretAsync(string tenant, string connection, string secret, CancellationToken cancellation) => Demand(
        await services.GetRequiredService<ISecretAdministration>().SetAsync(tenants[tenant], connection, Encoding.ASCII.GetBytes(secret), cancellation),
        $"The secret of {tenant}'s connection {connection}");

    private async Task<string> SessionAsync(string tenant, string subject, SessionKind kind, ImmutableArray<string> roles, CancellationToken cancellation)
    {
        var request = new SessionRequest(subject, OnBehalfOf: null, kind, roles, "demo", Lifetime);
        var created = await services.GetRequiredService<ISessionAdministration>().CreateAsync(tenants[tenant], request, cancellation);
        return Demand(created, $"{tenant}'s session of {subject}").Key.Reveal();
    }

    private static T Demand<T>(Result<T> result, string what) where T : class =>
        result.TryGet(out var value, out var refusal) ? value : throw new DemoException($"{what} was refused: {refusal}");
}

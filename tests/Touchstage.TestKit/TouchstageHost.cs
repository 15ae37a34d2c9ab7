using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.TestKit;

/// <summary>
/// The real safety library on a real store in a folder of its own, with a faked clock. Tenants <c>acme</c> and <c>globex</c> reach the same upstream, each with its own secret.
/// Nothing runs in the background: due work is done when the test says so.
/// </summary>
public sealed class TouchstageHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly bool ownsFolder;

    private TouchstageHost(ServiceProvider services, WatchedTime time, string folder, bool ownsFolder)
    {
        this.services = services;
        this.ownsFolder = ownsFolder;
        Time = time;
        Folder = folder;
    }

    /// <summary>The clock.</summary>
    public WatchedTime Time { get; }

    /// <summary>The folder of the store, the keys and the manifests.</summary>
    public string Folder { get; }

    /// <summary>The store's file.</summary>
    public string StorePath => Path.Combine(Folder, "data", "touchstage.db");

    /// <summary>The library's services.</summary>
    public IServiceProvider Services => services;

    /// <summary>Starts the library with the manifests of a test.</summary>
    /// <param name="upstream">The base URL that both tenants' connections reach.</param>
    /// <param name="manifests">Capability manifests by file name; the sample manifests if empty.</param>
    /// <param name="folder">A folder that another host made, to run a second process's worth of library on it; null for a new one.</param>
    /// <param name="replace">Replaces services, for faults.</param>
    /// <param name="configure">Sets more options.</param>
    public static async Task<TouchstageHost> StartAsync(
        string upstream, IReadOnlyDictionary<string, string>? manifests = null, string? folder = null, Action<IServiceCollection>? replace = null, Action<SafetyOptions>? configure = null)
    {
        var isNew = folder is null;
        folder ??= Directory.CreateTempSubdirectory("touchstage-").FullName;
        var capabilities = manifests is null ? Repository.Capabilities : Path.Combine(folder, "capabilities");
        foreach (var (name, yaml) in manifests ?? new Dictionary<string, string>())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(capabilities, name))!);
            await File.WriteAllTextAsync(Path.Combine(capabilities, name), yaml);
        }

        var time = new WatchedTime(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var port = new Uri(upstream).Port;
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddTouchstageSafety(options =>
        {
            options.DataDirectory = Path.Combine(folder, "data");
            options.CapabilitiesDirectory = capabilities;
            options.AllowedNetworks.Add(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{port}"));
            configure?.Invoke(options);
        });
        replace?.Invoke(collection);
        var host = new TouchstageHost(collection.BuildServiceProvider(), time, folder, isNew);
        var report = await host.Services.StartTouchstageSafetyAsync(default);
        if (!report.IsLoaded)
        {
            throw new InvalidOperationException(string.Join('\n', report.Problems));
        }

        if (isNew)
        {
            await host.ApplyAsync("acme", upstream);
            await host.ApplyAsync("globex", upstream);
        }

        return host;
    }

    /// <summary>Gives a tenant every capability through one upstream, with a bearer secret of its own: <c>secret-of-TENANT</c>.</summary>
    public async Task ApplyAsync(string tenant, string upstream, string more = "")
    {
        var capabilities = services.GetRequiredService<IManifests>().Check().Capabilities;
        var yaml = $"""
            tenant: {tenant}
            name: {tenant} Inc.
            capabilities: [{string.Join(", ", capabilities)}]
            connections:
              billing: {Connection(upstream)}
              workspace: {Connection(upstream)}
            {more}
            """;
        var report = await services.GetRequiredService<ITenantAdministration>().ApplyAsync($"{tenant}.yaml", yaml, default);
        if (report.Problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', report.Problems));
        }

        foreach (var connection in (string[])["billing", "workspace"])
        {
            var set = await services.GetRequiredService<ISecretAdministration>().SetAsync(TenantOf(tenant), connection, $"secret-of-{tenant}", default);
            if (!set.TryGet(out _, out var refusal))
            {
                throw new InvalidOperationException(refusal.ToString());
            }
        }
    }

    /// <summary>A new agent's session key.</summary>
    public Task<string> AgentAsync(string tenant = "acme", string subject = "agent@example.com", params string[] roles) => SessionAsync(tenant, subject, SessionKind.Agent, roles);

    /// <summary>A new approver's session key.</summary>
    public Task<string> ApproverAsync(string tenant = "acme", string subject = "boss@example.com", params string[] roles) =>
        SessionAsync(tenant, subject, SessionKind.Approver, roles is [] ? ["support", "admin"] : roles);

    /// <summary>Creates a session.</summary>
    public async Task<string> SessionAsync(string tenant, string subject, SessionKind kind, params string[] roles)
    {
        var created = await services.GetRequiredService<ISessionAdministration>()
            .CreateAsync(TenantOf(tenant), new(subject, null, kind, [.. roles], "test", TimeSpan.FromDays(7)), default);
        return created.TryGet(out var session, out var refusal) ? session.Key.Reveal() : throw new InvalidOperationException(refusal.ToString());
    }

    /// <summary>Calls a tool with arguments as JSON text.</summary>
    public Task<ActionOutcome> CallAsync(string sessionKey, string tool, string argumentsJson, Narrative? narrative = null) =>
        services.GetRequiredService<IActions>().RunAsync(sessionKey, new(tool, argumentsJson, narrative ?? Narrative.None), default);

    /// <summary>Calls a tool with arguments as an object.</summary>
    public Task<ActionOutcome> CallAsync(string sessionKey, string tool, object arguments) => CallAsync(sessionKey, tool, JsonSerializer.Serialize(arguments));

    /// <summary>Who acts under a key.</summary>
    public async Task<Caller> CallerAsync(string sessionKey) =>
        (await services.GetRequiredService<ICallers>().IdentifyAsync(sessionKey, default)).TryGet(out var caller, out var refusal)
            ? caller
            : throw new InvalidOperationException(refusal.ToString());

    /// <summary>Decides as an approver who has the current revision before them.</summary>
    public async Task<Safety.Refusals.Result<DecisionReceipt>> DecideAsync(string approverKey, string approvalId, VoteDecision vote, string reason = "")
    {
        var (desk, caller) = (services.GetRequiredService<IApprovals>(), await CallerAsync(approverKey));
        return (await desk.FindAsync(caller, approvalId, default)).TryGet(out var shown, out var refusal)
            ? await desk.DecideAsync(caller, new(approvalId, vote, reason, DecisionChannel.Cli, shown.RevisionDigest, null), default)
            : refusal;
    }

    /// <summary>The approval as a caller sees it.</summary>
    public async Task<ApprovalView> ApprovalAsync(string sessionKey, string approvalId) =>
        (await services.GetRequiredService<IApprovals>().FindAsync(await CallerAsync(sessionKey), approvalId, default)).TryGet(out var view, out var refusal)
            ? view
            : throw new InvalidOperationException(refusal.ToString());

    /// <summary>Does everything that is due, as a server does at once on a signal.</summary>
    public Task DoDueWorkAsync() => DoDueWorkAsync(services);

    /// <summary>The same for a server that runs: afterwards nothing that was due is under way in it.</summary>
    public static async Task DoDueWorkAsync(IServiceProvider services)
    {
        var worker = services.GetRequiredService<DueWorker>();
        await worker.SweepAsync(default);
        await worker.DrainAsync();
    }

    /// <summary>Sends every webhook delivery that is due, once.</summary>
    public async Task DeliverAsync()
    {
        var worker = services.GetRequiredService<DeliveryWorker>();
        await worker.SweepAsync(default);
        await worker.DrainAsync();
    }

    /// <summary>Lets a server's worker finish what it has begun, and begin nothing more.</summary>
    public static Task EndDueWorkAsync(IServiceProvider services) => services.GetRequiredService<DueWorker>().StopAsync(default);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        // A server on the same folder that was disposed of in the middle of something may still be closing its files.
        for (var left = ownsFolder ? 200 : 0; left > 0; left--)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return;
            }
            catch (IOException) when (left > 1)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>A tenant's id.</summary>
    public static TenantId TenantOf(string tenant) => TenantId.TryParse(tenant, out var id) ? id : throw new ArgumentException("Not a tenant.", nameof(tenant));

    private static string Connection(string upstream) =>
        $$"""{ baseUrl: "{{upstream}}", audience: storefront, network: private, auth: { type: bearer } }""";
}

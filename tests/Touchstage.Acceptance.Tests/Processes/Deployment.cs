using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>
/// A folder of its own with servers on it, set up through the command line as an operator does. Everything ends with it, and what it printed, sent and
/// stored is searched for secrets.
/// </summary>
public class Deployment : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string ownerKey;
    private readonly List<RunningProcess> processes = [];
    private readonly List<Finished> runs = [];
    private Uri? storefront;

    public Deployment()
    {
        Folder = Directory.CreateTempSubdirectory("touchstage-acceptance-").FullName;
        ownerKey = NewSecret("owner");
        Http = new(new OverheardHttp(Transcript)) { Timeout = TimeSpan.FromMinutes(1) };
    }

    public string Folder { get; }

    /// <summary>The store and its keys.</summary>
    public string Data => Path.Combine(Folder, "touchstage");

    /// <summary>The manifests that are served; the sample product's unless a test has its own.</summary>
    public string Capabilities { get; set; } = Path.Combine(Executable.Root, "capabilities");

    public HttpClient Http { get; }

    internal Canaries Canaries { get; } = new();

    internal Transcript Transcript { get; } = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Ends what a deployment has beside its processes.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;

    /// <summary>A secret that is looked for everywhere in the end.</summary>
    public string NewSecret(string whose) => Canaries.Add($"sk_test_{whose}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24))}");

    /// <summary>Runs a verb on this deployment's data.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => RunAsync(arguments, "");

    /// <summary>Runs a verb on this deployment's data.</summary>
    /// <param name="arguments">The command line, without the common options.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="session">The session key in the environment, or null.</param>
    public async Task<Finished> RunAsync(string[] arguments, string input, string? session = null)
    {
        var run = await Command.RunAsync(Command.Of(Executable.Touchstage, [.. arguments, "--data", Data, "--capabilities", Capabilities], Session(session), Folder), input);
        lock (runs)
        {
            // A key or a secret is shown once, to whoever made it.
            runs.Add(arguments is ["session" or "introspection", "create", ..] ? run with { Output = "" } : run);
        }

        return run;
    }

    /// <summary>Runs a verb that must succeed, and gives its standard output.</summary>
    public async Task<string> DoAsync(params string[] arguments) => Done(await RunAsync(arguments), arguments);

    /// <summary>Applies a tenant's manifest.</summary>
    public async Task ApplyAsync(string tenant, string yaml)
    {
        var file = Path.Combine(Folder, tenant + ".yaml");
        await File.WriteAllTextAsync(file, yaml);
        await DoAsync("tenant", "apply", file);
    }

    /// <summary>Sets a connection's secret through standard input.</summary>
    public async Task SetSecretAsync(string tenant, string connection, string secret) =>
        Done(await RunAsync(["secret", "set", tenant, connection], secret + "\n"), ["secret", "set"]);

    /// <summary>Makes a session and gives its id and key.</summary>
    public async Task<SessionKey> SessionAsync(string tenant, string kind, string subject, params string[] roles)
    {
        string[] arguments = ["session", "create", tenant, "--kind", kind, "--subject", subject, "--client", "acceptance", "--json", .. roles.SelectMany(role => new[] { "--role", role })];
        var session = JsonElement.Parse(await DoAsync(arguments));
        return new(session.GetProperty("id").GetString()!, Canaries.Add(session.GetProperty("key").GetString()!));
    }

    /// <summary>Starts a server on a free loopback port.</summary>
    internal Task<Server> ServeAsync(params string[] options) => ServeAsync(new Dictionary<string, string>(StringComparer.Ordinal), options);

    /// <summary>The same, with more in its environment.</summary>
    internal async Task<Server> ServeAsync(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        // Port 0: nobody can take the port between asking and using it.
        string[] arguments = ["serve", "--http", "http://127.0.0.1:0", "--data", Data, "--capabilities", Capabilities, "--allow-network", "127.0.0.1/32", .. options];
        var process = Keep(RunningProcess.Start("touchstage serve", Command.Of(Executable.Touchstage, arguments, environment, Folder)));
        return new(process, await process.ListeningAsync());
    }

    /// <summary>Starts a server on standard input and output, under a session key.</summary>
    /// <param name="session">The key.</param>
    /// <param name="environment">What else stands in its environment, or null.</param>
    /// <param name="options">More options.</param>
    internal RunningProcess ServeStdio(string session, IReadOnlyDictionary<string, string>? environment = null, params string[] options) => Keep(RunningProcess.StartOnStreams(
        "touchstage serve --stdio",
        Command.Of(
            Executable.Touchstage,
            ["serve", "--stdio", "--data", Data, "--capabilities", Capabilities, "--allow-network", "127.0.0.1/32", .. options],
            Session(session).Concat(environment ?? new Dictionary<string, string>(StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
            Folder)));

    /// <summary>Starts the sample product, and sets up the sample tenants acme and globex with their secrets.</summary>
    internal async Task StartStorefrontAsync(Server issuer)
    {
        var (acme, globex) = (NewSecret("acme"), NewSecret("globex"));
        var accounts = Path.Combine(Folder, "accounts.json");
        await File.WriteAllTextAsync(accounts, JsonSerializer.Serialize(new object[]
        {
            new { account = "acme", tenant = "acme", apiKeys = new[] { acme } },
            new { account = "globex", tenant = "globex", clients = new[] { new { id = "globex-touchstage", secret = globex } } },
        }));
        string[] arguments =
        [
            "--urls", "http://127.0.0.1:0", "--data", Path.Combine(Folder, "storefront.db"), "--issuer", "touchstage", "--jwks", new Uri(issuer.Address, "/.well-known/jwks.json").ToString(),
            "--audience", "https://storefront.example", "--accounts", accounts, "--owner-key-env", "OWNER_KEY",
        ];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["OWNER_KEY"] = ownerKey };
        storefront = await Keep(RunningProcess.Start("Storefront.Api", Command.Of(Executable.Storefront, arguments, environment, Folder))).ListeningAsync();
        File.Delete(accounts);
        await Task.WhenAll(ApplySampleAsync("acme"), ApplySampleAsync("globex"));
        await Task.WhenAll(SetSecretAsync("acme", "workspace", acme), SetSecretAsync("globex", "billing", globex));
    }

    /// <summary>What the sample product received.</summary>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(storefront!, "/journal"));
        request.Headers.Add("X-Owner-Key", ownerKey);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var journal = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return journal.GetProperty("entries").Deserialize<List<JournalEntry>>(Json)!;
    }

    /// <summary>Every entry of a tenant's ledger, as it is exported.</summary>
    public async Task<IReadOnlyList<JsonElement>> LedgerAsync(string tenant) =>
        [.. (await DoAsync("ledger", "export", tenant)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>Every ledger is sound.</summary>
    public async Task LedgerShouldBeSoundAsync() => (await DoAsync("ledger", "verify")).ShouldContain("The ledger is sound.");

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await EndAsync();
        foreach (var process in Enumerable.Reverse(processes))
        {
            await process.DisposeAsync();
        }

        try
        {
            Canaries.FoundIn([.. Said(), ("sent to clients", Transcript.ToArray()), .. Canaries.Files(Folder)]).ShouldBeEmpty();
        }
        finally
        {
            Http.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }

    internal RunningProcess Keep(RunningProcess process)
    {
        lock (processes)
        {
            processes.Add(process);
        }

        return process;
    }

    private static Dictionary<string, string> Session(string? key) =>
        key is null ? new(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["TOUCHSTAGE_SESSION"] = key };

    private static string Done(Finished run, string[] arguments)
    {
        run.ExitCode.ShouldBe(0, $"touchstage {string.Join(' ', arguments)}\n{run.Output}{run.Error}");
        return run.Output;
    }

    private async Task ApplySampleAsync(string tenant)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(Executable.Root, "samples", "demo", tenant + ".yaml"));
        await ApplyAsync(tenant, yaml.Replace("http://127.0.0.1:5300", storefront!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
    }

    private IEnumerable<(string Place, byte[] Content)> Said() =>
    [
        .. processes.Select(process => ($"process {process.Id}", Encoding.UTF8.GetBytes(process.Said))),
        .. runs.Select((run, number) => ($"run {number}", Encoding.UTF8.GetBytes(run.Output + run.Error))),
    ];
}

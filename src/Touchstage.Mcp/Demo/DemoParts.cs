using System.Globalization;
using System.Text.Json;

namespace Touchstage.Mcp.Demo;

/// <summary>Everything that runs for the demo: the sample product and the server as processes of their own, and the operator's access to the records.</summary>
internal sealed class DemoParts : IAsyncDisposable
{
    private const string OwnerKeyVariable = "STOREFRONT_OWNER_KEY";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly List<ChildProcess> children = [];

    private DemoParts(DemoFolder folder, TimeProvider time)
    {
        (Folder, Time) = (folder, time);
        var (storefront, server) = FreePort.Two();
        StorefrontAddress = AddressOf(storefront);
        ServerAddress = AddressOf(server);
        Operator = new(folder.Data, storefront);
        Storefront = new(http, StorefrontAddress, Secrets);
    }

    public DemoFolder Folder { get; }

    public TimeProvider Time { get; }

    public Uri StorefrontAddress { get; }

    public Uri ServerAddress { get; }

    public DemoSecrets Secrets { get; } = new();

    public DemoSessions Sessions { get; private set; } = new("", "", "", "", "");

    public DemoSetUp Operator { get; }

    public Storefront Storefront { get; }

    /// <summary>Starts all parts. Between asking for a free port and using it somebody may take it, so a part that ends early is tried once more on other ports.</summary>
    public static async Task<DemoParts> StartAsync(DemoFolder folder, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await StartOnceAsync(folder, time, cancellation);
        }
        catch (DemoException wrong) when (wrong.IsPortTaken)
        {
            return await StartOnceAsync(folder, time, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(children))
        {
            await child.DisposeAsync();
        }

        await Operator.DisposeAsync();
        http.Dispose();
    }

    private static async Task<DemoParts> StartOnceAsync(DemoFolder folder, TimeProvider time, CancellationToken cancellation)
    {
        var parts = new DemoParts(folder, time);
        try
        {
            var product = parts.StartStorefrontAsync(cancellation);
            try
            {
                parts.Sessions = await parts.Operator.RunAsync(parts.Secrets, cancellation);
                await parts.StartServerAsync(cancellation);
            }
            finally
            {
                await product;
            }

            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    private async Task StartStorefrontAsync(CancellationToken cancellation)
    {
        // It holds the product's API keys, so it is gone as soon as the product has read it.
        var accounts = Path.Combine(Folder.Product, "accounts.json");
        await File.WriteAllTextAsync(accounts, Accounts(), cancellation);
        try
        {
            string[] arguments =
            [
                "--urls", Authority(StorefrontAddress), "--data", Path.Combine(Folder.Product, "storefront.db"), "--issuer", "touchstage",
                "--jwks", new Uri(ServerAddress, "/.well-known/jwks.json").ToString(), "--audience", "https://storefront.example", "--accounts", accounts,
                "--owner-key-env", OwnerKeyVariable,
            ];
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [OwnerKeyVariable] = Secrets.OwnerKey };
            await RunAsync("The sample product", DemoLayout.Storefront, arguments, environment, "storefront.log", new Uri(StorefrontAddress, "/journal"), cancellation);
        }
        finally
        {
            File.Delete(accounts);
        }
    }

    private Task StartServerAsync(CancellationToken cancellation)
    {
        string[] arguments =
        [
            "serve", "--http", Authority(ServerAddress), "--data", Folder.Data, "--capabilities", DemoLayout.Capabilities,
            "--allow-network", DemoSetUp.NetworkOf(StorefrontAddress.Port),
        ];
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        return RunAsync("The server", DemoLayout.Touchstage, arguments, none, "server.log", new Uri(ServerAddress, "/readyz"), cancellation);
    }

    private async Task RunAsync(
        string name, (string File, string[] Arguments) program, string[] arguments, Dictionary<string, string> environment, string log, Uri answersAt, CancellationToken cancellation)
    {
        var child = ChildProcess.Start(name, program, arguments, environment, Path.Combine(Folder.Logs, log));
        lock (children)
        {
            children.Add(child);
        }

        await child.WaitUntilItAnswersAsync(http, answersAt, Patience, Time, cancellation);
    }

    private string Accounts() => JsonSerializer.Serialize(new object[]
    {
        new { account = "acme", tenant = "acme", apiKeys = new[] { Secrets.AcmeApiKey } },
        new { account = "globex", tenant = "globex", clients = new[] { new { id = "globex-touchstage", secret = Secrets.GlobexClientSecret } } },
    });

    private static Uri AddressOf(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);
}

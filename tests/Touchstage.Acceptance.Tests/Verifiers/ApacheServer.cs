using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Debian's Apache httpd in the foreground, with the sample configuration as it is, before a WebDAV folder of its own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ApacheServer : IAsyncDisposable
{
    private const string Ready = "resuming normal operations";
    private const int Starts = 5;

    private static readonly string[] Loaded =
    [
        "mpm_event", "authn_core", "authz_core", "authz_user", "auth_openidc", "rewrite", "dav", "dav_fs",
    ];

    private readonly RunningProcess process;
    private readonly string folder;

    private ApacheServer(RunningProcess process, string folder, Uri address) => (this.process, this.folder, Address) = (process, folder, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it told its owner.</summary>
    public string Said => process.Said;

    public static async Task<ApacheServer> StartAsync(PublishedKeys keys, string issuer, string audience)
    {
        // Apache takes no socket and no port 0, so a port is chosen for it; somebody else may be quicker.
        for (var left = Starts; ; left--)
        {
            if (await TryStartAsync(keys, issuer, audience) is { } server)
            {
                return server;
            }

            left.ShouldBeGreaterThan(0, "Apache did not start.");
        }
    }

    /// <summary>Puts a file there.</summary>
    public string Put(string name)
    {
        var file = Path.Combine(folder, "www", "files", name);
        File.WriteAllText(file, "kept");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
        return file;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ApacheServer?> TryStartAsync(PublishedKeys keys, string issuer, string audience)
    {
        var root = Directory.CreateTempSubdirectory("touchstage-apache-").FullName;
        var port = FreePort();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        // Started by root, it serves as www-data, which must get at its folders.
        foreach (var part in (string[])["", "state", "www", "www/files"])
        {
            Directory.CreateDirectory(Path.Combine(root, part));
            File.SetUnixFileMode(Path.Combine(root, part), (UnixFileMode)0b111_111_111);
        }

        await File.WriteAllTextAsync(Path.Combine(root, "ca.pem"), keys.CertificatePem);
        await File.WriteAllTextAsync(Path.Combine(root, "httpd.conf"), $"""
            ServerRoot "{root}"
            DefaultRuntimeDir "{root}/state"
            PidFile "{root}/state/httpd.pid"
            ServerName 127.0.0.1
            Listen 127.0.0.1:{port}
            ErrorLog /dev/stderr
            LogLevel notice
            {string.Join('\n', Loaded.Select(module => $"LoadModule {module}_module {VerifierParts.Modules}/mod_{module}.so"))}
            {(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}
            DocumentRoot "{root}/www"
            DavLockDB "{root}/state/lock"
            OIDCCABundlePath "{root}/ca.pem"
            OIDCCryptoPassphrase "{Guid.CreateVersion7()}"
            Include "{Path.Combine(VerifierParts.Samples, "apache.conf")}"
            """);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["JWKS"] = keys.Address,
            ["ISSUER"] = issuer,
            ["AUDIENCE"] = audience,
            ["TENANT"] = "acme",
            ["PUBLIC_URL"] = address.GetLeftPart(UriPartial.Authority),
        };
        var apache = RunningProcess.Start("apache2", Command.Of(VerifierParts.Apache, ["-f", Path.Combine(root, "httpd.conf"), "-D", "FOREGROUND"], environment));
        if (await apache.SaidAsync(Ready))
        {
            return new(apache, root, address);
        }

        await apache.DisposeAsync();
        Directory.Delete(root, recursive: true);
        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

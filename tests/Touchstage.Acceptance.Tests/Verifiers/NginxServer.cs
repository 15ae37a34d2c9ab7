using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Debian's nginx in the foreground, with the sample configuration as it is: the sample verifier beside it, and behind it an API that does whatever reaches it.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private const string Ready = "start worker process";
    private const int Starts = 5;

    private readonly HeldUpstream api = new();
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-nginx-").FullName;
    private readonly ConcurrentQueue<string> reached = new();
    private readonly List<RunningProcess> processes = [];
    private readonly Task answering;

    private NginxServer() => answering = api.AnswerAllAsync(request =>
    {
        reached.Enqueue(request.Text);
        return request.AnswerAsync("{}");
    });

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What the verifier and nginx told their owner.</summary>
    public string Said => string.Concat(processes.Select(process => process.Said));

    /// <summary>What reached the API, by method and target.</summary>
    public IReadOnlyList<string> Reached => api.Lines;

    /// <summary>The same, every byte of it.</summary>
    public IReadOnlyCollection<string> ReachedWhole => reached;

    public static async Task<NginxServer> StartAsync(string jwks, string trusted, string issuer, string audience)
    {
        var server = new NginxServer();
        // nginx takes no port 0, so a port is chosen for it; somebody else may be quicker.
        for (var left = Starts; left > 0; left--)
        {
            if (await server.TryStartAsync(jwks, trusted, issuer, audience))
            {
                return server;
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException($"nginx did not start. It said:\n{server.Said}");
    }

    /// <summary>Sends these bytes; gives the status line's code.</summary>
    public async Task<int> SendAsync(string request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), SocketFlags.None);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.Latin1);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(processes))
        {
            await process.DisposeAsync();
        }

        await api.DisposeAsync();
        await answering;
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> TryStartAsync(string jwks, string trusted, string issuer, string audience)
    {
        Address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ISSUER"] = issuer,
            ["AUDIENCE"] = audience,
            ["JWKS"] = jwks,
            ["PUBLIC_URL"] = Address.GetLeftPart(UriPartial.Authority),
            ["NODE_EXTRA_CA_CERTS"] = trusted,
        };
        var verifier = RunningProcess.Start("nginx.mjs", Command.Of("node", [Path.Combine(VerifierParts.Samples, "nginx.mjs")], environment));
        processes.Add(verifier);
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(await verifier.ListeningAsync()));
        var nginx = RunningProcess.Start("nginx", Command.Of(VerifierParts.Nginx, ["-p", folder, "-c", configuration, "-e", "stderr"]));
        processes.Add(nginx);
        return await nginx.SaidAsync(Ready);
    }

    private string Configuration(Uri verifier) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        pid {{folder}}/nginx.pid;
        error_log stderr notice;
        events {}
        http {
          access_log off;
          {{string.Join('\n', new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(part => $"{part}_temp_path {folder}/{part};"))}}
          large_client_header_buffers 4 32k;
          upstream api { server 127.0.0.1:{{api.Port}}; }
          upstream step_tokens { server {{verifier.Authority}}; }
          server {
            listen {{Address.Authority}};
            include {{Path.Combine(VerifierParts.Samples, "nginx.conf")}};
          }
        }
        """);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

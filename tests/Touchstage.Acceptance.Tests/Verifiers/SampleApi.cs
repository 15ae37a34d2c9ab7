using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>One of the verifier samples, started as its README says, and a key set that it reads.</summary>
internal sealed class SampleApi : IAsyncDisposable
{
    private const string PublicUrl = "https://api.example";
    private const string ApiKey = "acme-key-canary";
    private const string Type = "txntoken+jwt";

    private readonly RunningProcess process;
    private readonly PublishedKeys keys;
    private readonly Uri address;

    private SampleApi(RunningProcess process, PublishedKeys keys, Uri address, Forger forger) => (this.process, this.keys, this.address, Forger) = (process, keys, address, forger);

    public Forger Forger { get; }

    /// <summary>What it told its owner.</summary>
    public string Said => process.Said;

    public static async Task<SampleApi> StartAsync(string verifier)
    {
        var forger = new Forger();
        var published = await PublishedKeys.StartAsync(() => Task.FromResult(forger.Jwks));
        var trusted = Path.Combine(Directory.CreateTempSubdirectory("touchstage-acceptance-").FullName, "ca.pem");
        await File.WriteAllTextAsync(trusted, published.CertificatePem);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ISSUER"] = Forger.Issuer,
            ["AUDIENCE"] = Forger.Audience,
            ["JWKS"] = published.Address,
            ["PUBLIC_URL"] = PublicUrl,
            ["ACCOUNTS"] = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [ApiKey] = "acme", ["globex-key-canary"] = "globex" }),
            ["NODE_EXTRA_CA_CERTS"] = trusted,
            ["SSL_CERT_FILE"] = trusted,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        var sample = verifier == "node"
            ? RunningProcess.Start("api.mjs", Command.Of("node", [Path.Combine(VerifierParts.Samples, "api.mjs")], environment))
            : RunningProcess.Start("api.py", Command.Of(VerifierParts.Python, [Path.Combine(VerifierParts.Samples, "api.py")], environment));
        return new(sample, published, await sample.ListeningAsync(), forger);
    }

    /// <summary>The refund that every token here is made for.</summary>
    public JsonObject Claims(string body = """{"amount":20}""", string target = "/v1/refunds", string scope = "refund_user", string method = "POST") =>
        Forger.Claims(scope, method, PublicUrl + target, Encoding.UTF8.GetBytes(body), ("content-type", "application/json"), ("idempotency-key", "stp_1"));

    public string Token(Action<JsonObject>? change = null, Action<JsonObject>? jose = null, string type = Type)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return Forger.Sign(claims, type, jose);
    }

    /// <summary>Sends a refund; gives the status and the body.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        string token, string body = """{"amount":20}""", string target = "/v1/refunds", string method = "POST", string key = ApiKey, string idempotencyKey = "stp_1",
        string header = "Txn-Token", params (string Name, string Value)[] more)
    {
        // By hand: an HTTP library would join a header that stands there twice into one.
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var headers = more.Prepend(("Idempotency-Key", idempotencyKey)).Prepend((header, token)).Prepend(("X-Api-Key", key)).Select(field => $"{field.Item1}: {field.Item2}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{string.Concat(headers)}\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync();
        return ((HttpStatusCode)int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await keys.DisposeAsync();
        Forger.Dispose();
    }
}

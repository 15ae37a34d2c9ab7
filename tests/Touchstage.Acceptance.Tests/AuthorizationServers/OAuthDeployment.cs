using System.Security.Cryptography;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>A tenant with a connection for every grant and client authentication, an authorization server, and an API that takes its tokens.</summary>
public class OAuthDeployment : Deployment
{
    private readonly List<Party> parties = [];

    /// <summary>How many seconds access tokens last.</summary>
    protected virtual int AccessTtl => 600;

    /// <summary>How far the authorization server's clock is ahead.</summary>
    protected virtual int SkewSeconds => 0;

    /// <summary>The connections that there are.</summary>
    protected virtual string[] Connections => ["basic", "post", "es256", "rs256", "opaque", "person", "exchange"];

    internal AuthorizationServer Provider { get; private set; } = null!;

    internal Server Server { get; private set; } = null!;

    public SessionKey Agent { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (ProviderFactAttribute.Missing is not null)
        {
            return;
        }

        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var (basic, post) = (NewSecret("basic"), NewSecret("post"));
        var clients = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["basic"] = new { method = "client_secret_basic", secret = basic },
            ["post"] = new { method = "client_secret_post", secret = post },
            ["es256"] = new { method = "private_key_jwt", publicKey = ec.ExportSubjectPublicKeyInfoPem() },
            ["rs256"] = new { method = "private_key_jwt", publicKey = rsa.ExportSubjectPublicKeyInfoPem() },
            ["person"] = new { method = "none" },
        };
        Provider = await AuthorizationServer.StartAsync(clients, AccessTtl, SkewSeconds);
        Keep(Provider.Process);
        Capabilities = Path.Combine(Folder, "manifests");
        Directory.CreateDirectory(Capabilities);
        await Task.WhenAll(Connections.Select(WriteAsync));
        await ApplyAsync("acme", Manifest());
        foreach (var connection in Connections.Where(connection => connection != "person"))
        {
            await SetSecretAsync("acme", connection, connection switch
            {
                "post" => post,
                "es256" => ec.ExportPkcs8PrivateKeyPem(),
                "rs256" => rsa.ExportPkcs8PrivateKeyPem(),
                _ => basic,
            });
        }

        Server = await ServeAsync();
        await Provider.SetAsync(new { stepKeys = new Uri(Server.Address, "/.well-known/jwks.json") });
        Agent = await SessionAsync("acme", "agent", "helper");
    }

    /// <summary>Tokens are secrets as well.</summary>
    public override async Task EndAsync()
    {
        foreach (var party in parties)
        {
            await party.DisposeAsync();
        }

        foreach (var token in Provider is null ? [] : (await Provider.ReportAsync()).Issued)
        {
            Canaries.Add(token);
        }
    }

    internal async Task<Party> ConnectAsync(Server server)
    {
        var party = await Party.OverHttpAsync(this, server, Agent.Key);
        parties.Add(party);
        return party;
    }

    /// <summary>Runs <c>connection authorize</c> up to where it waits for the browser.</summary>
    internal Task<AuthorizeRun> AuthorizeAsync(params string[] options) => AuthorizeRun.StartAsync(
        this, ["connection", "authorize", "acme", "person", "--data", Data, "--capabilities", Capabilities, "--allow-network", "127.0.0.1/32", .. options]);

    /// <summary>Lets the person say yes.</summary>
    internal async Task<Finished> ConsentAsync()
    {
        await using var run = await AuthorizeAsync();
        using var back = await run.Browser.GetAsync(await run.ConsentAsync());
        back.EnsureSuccessStatusCode();
        return await run.EndedAsync();
    }

    private string Manifest()
    {
        var (at, asks) = ($"network: private, issuer: \"{Provider.Issuer}\"", $"scope: refund, resource: \"{AuthorizationServer.Resource}\"");
        var auth = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["basic"] = $"type: oauth2_client_credentials, client_id: basic, {asks}",
            ["post"] = $"type: oauth2_client_credentials, client_id: post, token_endpoint_auth_method: client_secret_post, {asks}",
            ["es256"] = $"type: oauth2_client_credentials, client_id: es256, token_endpoint_auth_method: private_key_jwt, {asks}",
            ["rs256"] = $"type: oauth2_client_credentials, client_id: rs256, token_endpoint_auth_method: private_key_jwt, {asks}",
            ["opaque"] = "type: oauth2_client_credentials, client_id: basic",
            ["person"] = $"type: oauth2_authorization_code, client_id: person, token_endpoint_auth_method: none, scope: \"openid offline_access refund\", resource: \"{AuthorizationServer.Resource}\"",
            ["exchange"] = "type: oauth2_token_exchange, client_id: basic",
        };
        return $"""
            tenant: acme
            name: Acme Corporation
            capabilities: [{string.Join(", ", Connections.Select(connection => "refund_" + connection))}]
            connections:
            {string.Join('\n', Connections.Select(connection => $"  {connection}: {{ baseUrl: \"{Provider.Api}\", network: private, audience: \"{AuthorizationServer.Resource}\", auth: {{ {auth[connection]}, {at} }} }}"))}
            """;
    }

    private Task WriteAsync(string connection) => File.WriteAllTextAsync(Path.Combine(Capabilities, $"refund_{connection}.yaml"), $$"""
        capability: refund_{{connection}}
        title: Refund
        description: Refund a payment.
        connection: {{connection}}
        effects: destructive
        input: { type: object, required: [id], properties: { id: { type: string } } }
        output: { type: object, properties: { id: { type: string } } }
        request: { method: POST, path: "/v1/payments/{id}/refunds", timeout: 20s }
        response: { select: [id], max_bytes: 1024 }
        policy:
          - allow: args.id != "never"
        """);
}

using System.Text;
using System.Web;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>A tenant whose connection gets its access tokens from a scripted authorization server.</summary>
internal sealed class OAuthRoom : IAsyncDisposable
{
    public const string ClientSecret = "client-secret-canary";

    private const string Refund = """
        capability: refund
        title: Refund
        description: Refund a payment.
        connection: billing
        effects: destructive
        input: { type: object, required: [id], properties: { id: { type: string } } }
        request: { method: POST, path: "/v1/payments/{id}/refunds" }
        policy: [{ allow: args.id != "never" }]
        """;

    private OAuthRoom(FakeUpstream server) => Server = server;

    public FakeUpstream Server { get; }

    public StageWalk Walk { get; } = new();

    public TenantId Tenant { get; private set; } = TenantId.Parse("acme");

    /// <summary>The forms that the token endpoint got.</summary>
    public IReadOnlyList<Dictionary<string, string>> Forms =>
        [.. Server.Exchanges.Where(e => e.Target == "/token").Select(FormOf)];

    public static async Task<OAuthRoom> OpenAsync(Func<FakeExchange, Task> script, string auth = "type: oauth2_client_credentials", string secret = ClientSecret)
    {
        var room = new OAuthRoom(FakeUpstream.Start(script));
        room.Walk.Declare(Refund);
        await room.ApplyAsync(auth);
        if (secret.Length > 0)
        {
            await room.Walk.SetSecretAsync(room.Tenant, "billing", secret);
        }

        return room;
    }

    /// <summary>A server that gives a token that says which it is, good for so long.</summary>
    public static Task<OAuthRoom> GivingAsync(int expiresIn, string auth = "type: oauth2_client_credentials")
    {
        var given = 0;
        return OpenAsync(
            e => e.ReplyAsync(200, "application/json", $$"""{"access_token":"access-token-{{Interlocked.Increment(ref given)}}","token_type":"Bearer","expires_in":{{expiresIn}}}"""), auth);
    }

    /// <summary>The form that came with a request.</summary>
    public static Dictionary<string, string> FormOf(FakeExchange exchange)
    {
        var form = HttpUtility.ParseQueryString(Encoding.ASCII.GetString(exchange.Body));
        return form.AllKeys.ToDictionary(key => key!, key => form[key]!);
    }

    /// <summary>Keeps what a person's consent gave: a token that has expired, and the refresh token <c>r0</c>.</summary>
    public async Task GrantAsync()
    {
        var access = await new AccessBoxes(Walk.Seal).SealAsync(Tenant, await ConnectionAsync(), new("t0", "r0", Walk.Time.GetUtcNow()), default);
        await Walk.AccessTokenStore.GrantAsync(Tenant, "billing", access, default);
    }

    public async Task<Connection> ConnectionAsync() => (await Walk.Tenants.FindAsync(Tenant, default))!.Connections["billing"];

    public async Task ApplyAsync(string auth) => Tenant = await Walk.ApplyAsync($$"""
        tenant: acme
        name: A tenant
        capabilities: [refund]
        connections:
          billing:
            baseUrl: https://api.example
            audience: https://api.example
            auth: { {{auth}}, client_id: the-client, network: private{{(auth.Contains("issuer:", StringComparison.Ordinal) ? "" : $", token_endpoint: {Server.BaseUrl}/token")}}{{(auth.Contains("authorization_code", StringComparison.Ordinal) && !auth.Contains("issuer:", StringComparison.Ordinal) ? $", authorization_endpoint: {Server.BaseUrl}/authorize" : "")}} }
        """);

    public async Task<Result<OpenedConnection>> OpenAsync() => await TryAsync(await PermitAsync());

    public async Task<string> BearerAsync() =>
        (await OpenAsync()).TryGet(out var opened, out var no) ? opened.RevealAuthentication().Single(h => h.Name == "Authorization").Value : throw new InvalidOperationException(no.ToString());

    public async Task<Refusal> RefusedAsync() => (await OpenAsync()).Refusal ?? throw new InvalidOperationException("It was not refused.");

    public Task<PermittedAction> PermitAsync() => Walk.PermitAsync(Tenant, "refund", """{"id":"p1"}""");

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    private Task<Result<OpenedConnection>> TryAsync(PermittedAction permitted) => Walk.TryOpenAsync(permitted);
}

using Microsoft.Extensions.Logging.Abstractions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Upstream;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Upstream;

/// <summary>Two tenants with a small product each, walked through the real stages up to a fake upstream.</summary>
internal sealed class SendRoom : IAsyncDisposable
{
    public const string Secret = "sk-Canary+/7_secret%value";

    private const string Refund = """
        capability: refund
        title: Refund
        description: Refund a payment.
        connection: billing
        effects: destructive
        input:
          type: object
          required: [id]
          properties:
            id: { type: string }
            note: { type: string }
        output:
          type: object
          required: [status]
          properties:
            status: { type: string }
            note: { type: string }
            amount: { type: number }
            parts: { type: array, items: { type: object, properties: { name: { type: string } } } }
        request:
          method: POST
          path: /v1/payments/{id}/refunds
          idempotency: { header: Idempotency-Key, window: 1h }
        response: { max_bytes: 8000 }
        facts:
          owner:
            path: /v1/payments/{id}/owner
            output: { type: object, required: [verified], properties: { verified: { type: boolean } } }
            max_bytes: 100
        policy:
          - allow: args.id != "never"
          - review: args.id == "ask" && facts.owner.verified
        """;

    private const string Find = """
        capability: find
        title: Find
        description: Find payments.
        connection: billing
        effects: readOnly
        input: { type: object, properties: { q: { type: string } } }
        output: { type: object, properties: { total: { type: integer }, secret_total: { type: integer } } }
        request: { method: GET, path: /v1/payments }
        response: { select: [total] }
        policy:
          - allow: caller.client == "test"
        """;

    private readonly EgressClient egress;

    private SendRoom(FakeUpstream upstream, EgressClient egress) => (Upstream, this.egress) = (upstream, egress);

    public FakeUpstream Upstream { get; }

    public StageWalk Walk { get; } = new();

    public TenantId Tenant { get; private set; } = TenantId.Parse("acme");

    public static async Task<SendRoom> OpenAsync(Func<FakeExchange, Task> script, string auth = "{ type: bearer }", string? audience = "billing.example", bool withSecret = true)
    {
        AllowedNetwork.TryParse("127.0.0.1/32", out var loopback, out _).ShouldBeTrue();
        var options = new EgressOptions { AllowedNetworks = [loopback!] };
        var handlers = new GuardedHandler(new(options), new(options), new SystemHostResolver(), NullLogger<GuardedHandler>.Instance);
        var fake = FakeUpstream.Start(script);
        var room = new SendRoom(fake, new(handlers, TimeProvider.System));
        room.Walk.Declare(Refund).Declare(Find);
        room.Tenant = await room.ApplyAsync("acme", fake.BaseUrl, auth, audience);
        if (withSecret)
        {
            await room.Walk.SetSecretAsync(room.Tenant, "billing", Secret);
        }

        return room;
    }

    public static Task<SendRoom> AnsweringAsync(int status, string body, string contentType = "application/json") =>
        OpenAsync(exchange => exchange.ReplyAsync(status, contentType, body));

    public Task<TenantId> ApplyAsync(string tenant, string baseUrl, string auth = "{ type: bearer }", string? audience = null) => Walk.ApplyAsync($$"""
        tenant: {{tenant}}
        name: A tenant
        capabilities: [refund, find]
        connections:
          billing:
            baseUrl: {{baseUrl}}
            network: private
            auth: {{auth}}
        {{(audience is null ? "" : $"    audience: {audience}")}}
        """);

    public async Task<UpstreamAnswer> RefundAsync(string arguments = """{"id":"p1"}""", CancellationToken cancellation = default) =>
        await SendAsync(await Walk.PermitAsync(Tenant, "refund", arguments), cancellation);

    public async Task<UpstreamAnswer> FindAsync() => await SendAsync(await Walk.PermitAsync(Tenant, "find", "{}"));

    public async Task<UpstreamAnswer> AskOwnerAsync() => await SendAsync(await Walk.PermitFactAsync(Tenant, "refund", """{"id":"p1"}""", "owner"));

    public async Task<UpstreamAnswer> SendAsync(PermittedAction permitted, CancellationToken cancellation = default)
    {
        (await Walk.OpenAsync(permitted)).TryGet(out var opened, out var no).ShouldBeTrue(no?.ToString());
        return await Sender.SendAsync(opened!, cancellation);
    }

    public UpstreamSender Sender => new(egress, TimeProvider.System, NullLogger<UpstreamSender>.Instance);

    public async ValueTask DisposeAsync()
    {
        egress.Dispose();
        await Upstream.DisposeAsync();
    }
}

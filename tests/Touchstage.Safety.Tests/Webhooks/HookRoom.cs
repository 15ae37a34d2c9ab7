using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Webhooks;

/// <summary>The real library whose tenant acme is told of its approvals by a signed webhook and by a chat; the receivers answer what the test says.</summary>
internal sealed class HookRoom : IAsyncDisposable
{
    public const string Key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private readonly ConcurrentQueue<FakeExchange> received = new();
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeUpstream upstream = null!;
    private TouchstageHost host = null!;

    public static TenantId Acme { get; } = TouchstageHost.TenantOf("acme");

    /// <summary>How a receiver answers.</summary>
    public Func<FakeExchange, Task> Receiver { get; set; } = exchange => exchange.ReplyAsync(204, "text/plain", "");

    public TouchstageHost Host => host;

    public string Upstream => upstream.BaseUrl;

    public IWebhooks Webhooks => host.Services.GetRequiredService<IWebhooks>();

    /// <summary>What the receivers got, in order.</summary>
    public IReadOnlyList<FakeExchange> Received => [.. received];

    public static async Task<HookRoom> OpenAsync(string? webhooks = null, string? inbox = "https://approvals.example/inbox")
    {
        var room = new HookRoom();
        room.upstream = FakeUpstream.Start(room.AnswerAsync);
        room.host = await TouchstageHost.StartAsync(room.upstream.BaseUrl);
        room.host.Services.GetRequiredService<SafetyOptions>().InboxUrl = inbox;
        await room.ApplyAsync(webhooks ?? room.Pager());
        await room.SetSecretAsync("webhook:pager", Key);
        return room;
    }

    public string Pager(string more = "") => $"  pager: {{ url: \"{upstream.BaseUrl}/hooks/pager\", network: private{more} }}";

    public string Chat(string more = "") => $"  chat: {{ url: \"{upstream.BaseUrl}/hooks/chat\", network: private, format: slack{more} }}";

    /// <summary>Applies acme's manifest with these webhooks, each a line of YAML.</summary>
    public Task ApplyAsync(params string[] webhooks) => host.ApplyAsync("acme", upstream.BaseUrl, webhooks.Length == 0 ? "" : "webhooks:\n" + string.Join('\n', webhooks));

    public async Task SetSecretAsync(string name, string secret, string tenant = "acme") =>
        (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf(tenant), name, secret, default)).Refusal.ShouldBeNull();

    public string ChatAddress => $"{upstream.BaseUrl}/hooks/chat/T0/B0/only-its-owner-knows";

    /// <summary>A refund of acme's that waits for a person.</summary>
    public async Task<string> HeldAsync(string payment = "pay_1", double amount = 120, string tenant = "acme")
    {
        var outcome = await host.CallAsync(await host.AgentAsync(tenant), "refund_user", new { payment_id = payment, amount });
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        return outcome.Approval!.Id;
    }

    public async Task<DeliveryView> OnlyAsync() => (await Webhooks.ListAsync(Acme, 100, default)).Items.ShouldHaveSingleItem();

    /// <summary>Waits until so many requests of this kind have come.</summary>
    public async Task ReceivedAsync(Func<FakeExchange, bool> isMeant, int times = 1)
    {
        for (var coming = next.Task; received.Count(isMeant) < times; coming = next.Task)
        {
            await coming.WaitAsync(Patience.ForAnEvent);
        }
    }

    /// <summary>How many deliveries the store holds, in any state.</summary>
    public async Task<long> CountAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={host.StorePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM webhook_deliveries";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static JsonElement Body(FakeExchange exchange) => JsonElement.Parse(Encoding.UTF8.GetString(exchange.Body));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private async Task AnswerAsync(FakeExchange exchange)
    {
        if (exchange.Target.StartsWith("/hooks/", StringComparison.Ordinal))
        {
            received.Enqueue(exchange);
            Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            await Receiver(exchange);
        }
        else
        {
            await exchange.ReplyAsync(200, "application/json", exchange.Method == "GET" ? """{"email_verified":true}""" : """{"refund_id":"ref_1","status":"succeeded"}""");
        }
    }
}

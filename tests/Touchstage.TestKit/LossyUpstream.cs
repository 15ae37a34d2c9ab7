using System.Collections.Concurrent;
using System.Text.Json;

namespace Touchstage.TestKit;

/// <summary>A billing API that does what it is asked and loses its answer; afterwards it can be asked what it did. Tests make it forget, lie or break.</summary>
public sealed class LossyUpstream : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> done = new();
    private readonly FakeUpstream fake;

    public LossyUpstream() => fake = FakeUpstream.Start(AnswerAsync);

    public string BaseUrl => fake.BaseUrl;

    /// <summary>Whether it does what it is asked.</summary>
    public bool Does { get; set; } = true;

    /// <summary>How it answers a refund.</summary>
    public Func<FakeExchange, Task> OnRefund { get; set; } = Saying(500, "{}");

    /// <summary>How it answers the look-up; null for what it really did.</summary>
    public Func<FakeExchange, Task>? OnLookUp { get; set; }

    /// <summary>The refunds that were sent.</summary>
    public IReadOnlyList<FakeExchange> Refunds => [.. fake.Exchanges.Where(exchange => exchange.Method == "POST")];

    /// <summary>The look-ups for what became of a refund.</summary>
    public IReadOnlyList<FakeExchange> LookUps => [.. fake.Exchanges.Where(exchange => exchange.Target.StartsWith("/v1/refunds", StringComparison.Ordinal))];

    /// <summary>An answer that says this.</summary>
    public static Func<FakeExchange, Task> Saying(int status, string body, string type = "application/json") => exchange => exchange.ReplyAsync(status, type, body);

    public ValueTask DisposeAsync() => fake.DisposeAsync();

    private Task AnswerAsync(FakeExchange exchange)
    {
        if (exchange.Method == "POST")
        {
            if (Does)
            {
                done.Enqueue(exchange.Header("Idempotency-Key") ?? "");
            }

            return OnRefund(exchange);
        }

        return exchange.Target.StartsWith("/v1/refunds", StringComparison.Ordinal)
            ? (OnLookUp ?? TellAsync)(exchange)
            : exchange.ReplyAsync(200, "application/json", """{"email_verified":true}""");
    }

    private Task TellAsync(FakeExchange exchange)
    {
        var key = exchange.Target.Split("idempotency_key=", 2)[1];
        return exchange.ReplyAsync(200, "application/json", JsonSerializer.Serialize(new { refunds = done.Where(k => k == key).Select(k => new { refund_id = "ref_1", idempotency_key = k }) }));
    }
}

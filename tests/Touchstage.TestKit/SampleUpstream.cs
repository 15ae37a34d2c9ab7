using System.Text.Json;

namespace Touchstage.TestKit;

/// <summary>An upstream that answers the sample manifests' requests plausibly, and remembers them.</summary>
public static class SampleUpstream
{
    /// <summary>Starts it.</summary>
    /// <param name="emailVerified">Whether the customer's e-mail is verified.</param>
    public static FakeUpstream Start(bool emailVerified = true) => FakeUpstream.Start(exchange =>
        exchange.ReplyAsync(200, "application/json", Answer(exchange, emailVerified)));

    private static string Answer(FakeExchange exchange, bool emailVerified) => (exchange.Method, exchange.Target) switch
    {
        ("GET", var path) when path.EndsWith("/customer", StringComparison.Ordinal) => JsonSerializer.Serialize(new { email_verified = emailVerified }),
        ("POST", var path) when path.EndsWith("/refunds", StringComparison.Ordinal) => """{"refund_id":"ref_1","status":"succeeded"}""",
        _ => "{}",
    };
}

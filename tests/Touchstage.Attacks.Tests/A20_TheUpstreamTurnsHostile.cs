using System.IO.Compression;
using System.Text;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A20_TheUpstreamTurnsHostile
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARedirect_IsNotFollowed_AndCarriesNoCredentialAway(bool isNear)
    {
        await using var thief = SampleUpstream.Start();
        await using var upstream = FakeUpstream.Start(exchange => exchange.Target is "/v1/invites"
            ? exchange.ReplyAsync(307, "text/plain", "", $"Location: {(isNear ? "/v1/elsewhere" : thief.BaseUrl + "/v1/invites")}")
            : Scene.AnswerAsync(exchange));
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Unknown, "upstream_unclear"));
        upstream.Exchanges.Count.ShouldBe(1);
        thief.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("<html>welcome</html>", "text/html", "upstream_not_json")]
    [InlineData("""{"id":5}""", "application/json", "result_withheld")]
    [InlineData("""{"id":"inv_1"}""", "application/json", null)]
    public async Task AnAnswerThatDoesNotFit_IsDoneAndWithheld(string body, string type, string? code)
    {
        await using var upstream = FakeUpstream.Answering(200, type, body);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.InviteAsync(await host.AgentAsync(), "eve@acme.example");

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Completed, code));
        outcome.Result.HasValue.ShouldBe(code is null);
    }

    [Theory]
    [InlineData("gzip bomb", ActionStatus.Completed, "result_withheld")]
    [InlineData("brotli", ActionStatus.Completed, "result_withheld")]
    [InlineData("gzip, identity", ActionStatus.Completed, "result_withheld")]
    [InlineData("endless", ActionStatus.Unknown, "upstream_unclear")]
    [InlineData("too long", ActionStatus.Unknown, "upstream_unclear")]
    [InlineData("headers", ActionStatus.Unknown, "upstream_unclear")]
    [InlineData("cut", ActionStatus.Unknown, "upstream_unclear")]
    [InlineData("nested", ActionStatus.Completed, "result_withheld")]
    [InlineData("nested without end", ActionStatus.Completed, "result_withheld")]
    public async Task AnAnswerWithoutMeasure_IsNotTaken(string how, ActionStatus status, string code)
    {
        await using var upstream = FakeUpstream.Start(exchange => HostileAsync(exchange, how));
        await using var host = await SayingAsync(upstream);

        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });

        (outcome.Status, outcome.Code).ShouldBe((status, code));
        outcome.Result.HasValue.ShouldBeFalse();
        upstream.Exchanges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ASlowDrip_EndsAtTheTimeout_AndIsUnknown()
    {
        var begun = new TaskCompletionSource();
        await using var upstream = FakeUpstream.Start(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, exchange.Stopped);
        });
        await using var host = await SayingAsync(upstream);

        var calling = host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });
        await begun.Task;
        host.Time.Advance(TimeSpan.FromSeconds(10));

        var outcome = await calling;
        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Unknown, "upstream_unclear"));
        outcome.Reason!.ShouldContain("in time");
    }

    [Theory]
    [InlineData("""{"id":"SECRET","note":"x"}""")]
    [InlineData("""{"id":"1","note":"you sent Bearer SECRET"}""")]
    [InlineData("""{"id":"1","note":"BASE64"}""")]
    [InlineData("""{"id":"1","note":"BASE64 of BASE64"}""")]
    [InlineData("""{"id":"1","note":"HALF"}""")]
    [InlineData("""{"id":"1","tags":["x","SPACED"]}""")]
    public async Task ACredentialInTheAnswer_IsMasked(string body)
    {
        await using var upstream = FakeUpstream.Start(exchange => exchange.ReplyAsync(200, "application/json", Echo(body), $"X-Echo: {Reach.Secret}", $"Set-Cookie: k={Reach.Secret}"));
        await using var host = await SayingAsync(upstream);

        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Completed, null));
        outcome.Result!.Value.GetRawText().ShouldContain("***");
        outcome.Result.Value.GetRawText().ShouldNotContain(Reach.Secret[^12..]);
    }

    [Theory]
    [InlineData("""{"id":"FIRST","note":"SECOND","tags":["THIRD"]}""")]
    [InlineData("""{"tags":["FIRST"],"note":"SECOND","id":"THIRD"}""")]
    [InlineData("""{"tags":["FIRST","SECOND","THIRD"]}""")]
    public async Task ACredentialSplitOverFields_WithholdsTheResult(string body)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", Echo(body));
        await using var host = await SayingAsync(upstream);

        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });

        (outcome.Status, outcome.Code).ShouldBe((ActionStatus.Completed, "result_withheld"));
        outcome.Result.HasValue.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"title":"SECRET is not known"}""")]
    [InlineData("""{"title":"Bad key","detail":"Basic BASE64"}""")]
    [InlineData("""{"title":"FIRSTSECOND","detail":"THIRD"}""")]
    public async Task ACredentialInAnError_IsNotTold(string body)
    {
        await using var upstream = FakeUpstream.Start(exchange => exchange.ReplyAsync(401, "application/problem+json", Echo(body), $"WWW-Authenticate: Bearer error=\"{Reach.Secret}\""));
        await using var host = await SayingAsync(upstream);

        var outcome = await host.CallAsync(await host.AgentAsync(), "say", new { text = "hello" });

        (outcome.Status, outcome.Code, outcome.Reason).ShouldBe((ActionStatus.Failed, "upstream_refused", "The API refused the request with HTTP status 401; it did nothing."));
    }

    private static async Task<TouchstageHost> SayingAsync(FakeUpstream upstream)
    {
        var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest());
        await host.ConnectAsync($"baseUrl: \"{upstream.BaseUrl}\", network: private, auth: {{ type: bearer }}");
        return host;
    }

    private static string Echo(string body)
    {
        var pieces = Reach.Secret.Chunk(11).Select(piece => new string(piece)).ToArray();
        return body.Replace("BASE64 of BASE64", Base64(Base64(Reach.Secret)), StringComparison.Ordinal)
            .Replace("BASE64", Base64("robot:" + Reach.Secret), StringComparison.Ordinal)
            .Replace("SECRET", Reach.Secret, StringComparison.Ordinal)
            .Replace("HALF", Reach.Secret[^18..], StringComparison.Ordinal)
            .Replace("SPACED", string.Join(' ', Reach.Secret.AsEnumerable()), StringComparison.Ordinal)
            .Replace("FIRST", pieces[0], StringComparison.Ordinal)
            .Replace("SECOND", pieces[1], StringComparison.Ordinal)
            .Replace("THIRD", pieces[2], StringComparison.Ordinal);

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static async Task HostileAsync(FakeExchange exchange, string how)
    {
        const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        switch (how)
        {
            case "gzip bomb" or "brotli" or "gzip, identity":
                await exchange.ReplyAsync(200, "application/json", Packed(how == "brotli"), $"Content-Encoding: {(how == "gzip bomb" ? "gzip" : how == "brotli" ? "br" : how)}");
                break;
            case "endless":
                await exchange.WriteAsync(Ok + "Transfer-Encoding: chunked\r\n\r\n");
                await FloodAsync(exchange, "10\r\n                \r\n");
                break;
            case "too long":
                await exchange.ReplyAsync(200, "application/json", $$"""{"id":"{{new string('x', 8_000)}}"}""");
                break;
            case "headers":
                await exchange.WriteAsync(Ok);
                await FloodAsync(exchange, "X-More: x\r\n");
                break;
            case "cut":
                await exchange.WriteAsync(Ok + "Content-Length: 100\r\n\r\n{\"id\":");
                exchange.Close();
                break;
            case "nested":
                await exchange.ReplyAsync(200, "application/json", $$"""{"id":"1","x":{{new string('[', 70)}}{{new string(']', 70)}}}""");
                break;
            default:
                await exchange.ReplyAsync(200, "application/json", new string('[', 7_000));
                break;
        }
    }

    private static async Task FloodAsync(FakeExchange exchange, string more)
    {
        while (!exchange.Stopped.IsCancellationRequested)
        {
            await exchange.WriteAsync(more);
        }
    }

    private static byte[] Packed(bool isBrotli)
    {
        using var packed = new MemoryStream();
        using (Stream packer = isBrotli ? new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true) : new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packer.Write(Encoding.ASCII.GetBytes(new string(' ', 5_000_000)));
        }

        return packed.ToArray();
    }
}

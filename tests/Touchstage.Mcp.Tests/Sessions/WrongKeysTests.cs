using System.Net;
using Touchstage.Mcp.Sessions;
using Touchstage.Mcp.Tests.Transports;

namespace Touchstage.Mcp.Tests.Sessions;

public sealed class WrongKeysTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    [Fact]
    public async Task PastTheLimit_WrongKeysAre429_AndARightOneIsNotHeldUp()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { WrongKeysPerMinute = 3 });
        using var wrong = server.Http("ts_agent_wrong");
        for (var n = 0; n < 3; n++)
        {
            using var refused = await RawSession.PostAsync(wrong, Ping, null);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var response = await RawSession.PostAsync(wrong, Ping, null);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await response.Content.ReadAsStringAsync()).ShouldContain("too_many_wrong_keys");
        using var right = server.Http(await server.Host.AgentAsync());
        using var session = await RawSession.OpenAsync(right);
        (await session.SendAsync(Ping)).GetProperty("id").GetInt32().ShouldBe(2);
    }

    [Fact]
    public void Addresses_AreCountedApart_AndThoseOfOneNetworkOfIPv6Together()
    {
        using var wrong = new WrongKeys(new() { WrongKeysPerMinute = 1 });
        wrong.Count(IPAddress.Parse("2001:db8::1")).ShouldBeNull();

        wrong.Count(IPAddress.Parse("2001:db8::2")).ShouldNotBeNull();
        // One of a few may share a counter with it; not all of them.
        Enumerable.Range(1, 5).Count(n => wrong.Count(IPAddress.Parse($"192.0.2.{n}")) is null).ShouldBeGreaterThan(2);
    }
}

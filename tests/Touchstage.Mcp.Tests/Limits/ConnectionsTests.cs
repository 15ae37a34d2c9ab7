using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Touchstage.Mcp.Tests.Transports;

namespace Touchstage.Mcp.Tests.Limits;

public sealed class ConnectionsTests
{
    [Fact]
    public async Task WhatOneConnectionMayCost_IsBounded_InBytesAndInTime()
    {
        await using var server = await RunningServer.StartAsync(limits: new() { Connections = 77 });

        var limits = server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections, limits.MaxRequestBodySize).ShouldBe((77, 0, 2 * 1024 * 1024));
        limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(15));
        limits.KeepAliveTimeout.ShouldBe(TimeSpan.FromMinutes(2));
        limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBe(240);
        limits.MinResponseDataRate!.BytesPerSecond.ShouldBe(4_096);
        limits.MinResponseDataRate.GracePeriod.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("large")]
    [InlineData("target")]
    [InlineData("length")]
    [InlineData("both lengths")]
    [InlineData("chunk")]
    public async Task RequestsPastTheBounds_AreTurnedAwayByTheirStatus_AndTheNextIsAnswered(string what)
    {
        await using var server = await RunningServer.StartAsync();
        var host = server.Url.Authority;
        var (sent, status) = what switch
        {
            "many" => ($"GET /healthz HTTP/1.1\r\nHost: {host}\r\n{string.Concat(Enumerable.Range(0, 100).Select(n => $"X-{n}: 1\r\n"))}\r\n", "431"),
            "large" => ($"GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: {new string('x', 64 * 1024)}\r\n\r\n", "431"),
            "target" => ($"GET /{new string('x', 16 * 1024)} HTTP/1.1\r\nHost: {host}\r\n\r\n", "414"),
            "length" => (Post(host, "Content-Length: 99999999", ""), "413"),
            "both lengths" => (Post(host, "Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), "400"),
            _ => (Post(host, "Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"), "400"),
        };

        var said = await RawPort.SendAsync(server.Url, sent.Replace("KEY", await server.Host.AgentAsync(), StringComparison.Ordinal));

        said.ShouldStartWith($"HTTP/1.1 {status} ");
        said.ShouldNotContain("Exception");
        said.ShouldNotContain("Server:");
        using var http = server.Http(null);
        (await http.GetStringAsync("/healthz")).ShouldBe("ok");
    }

    private static string Post(string host, string lengths, string content) =>
        $"POST /mcp HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer KEY\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n{lengths}\r\nConnection: close\r\n\r\n{content}";
}

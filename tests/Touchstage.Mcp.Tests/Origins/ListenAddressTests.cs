using Microsoft.AspNetCore.Http;
using Touchstage.Mcp.Origins;

namespace Touchstage.Mcp.Tests.Origins;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5210")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:5210")]
    [InlineData("https://mcp.example:443")]
    public void TryCreate_LoopbackOrTls_IsTaken(string url) => Create(url).ShouldBeNull();

    [Theory]
    [InlineData("http://192.168.1.4:5210", "--behind-proxy")]
    [InlineData("http://mcp.example:5210", "--behind-proxy")]
    [InlineData("http://0.0.0.0:5210", "--behind-proxy")]
    [InlineData("https://0.0.0.0:5210", "--host NAME")]
    [InlineData("ftp://127.0.0.1", "not an address")]
    [InlineData("127.0.0.1:5210", "not an address")]
    [InlineData("http://127.0.0.1:5210/mcp", "not an address")]
    [InlineData("http://u:p@127.0.0.1:5210", "not an address")]
    public void TryCreate_OpenOrWrong_SaysWhatToDo(string url, string expected) => Create(url).ShouldNotBeNull().ShouldContain(expected);

    [Fact]
    public void TryCreate_BehindAProxyUnderItsName_IsTaken() =>
        ListenAddress.TryCreate("http://0.0.0.0:5210", ["mcp.example"], true, out _, out _).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1:9999", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("[::1]:5210", true)]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("", false)]
    public void Allows_OnLoopback_OnlyItsNames(string host, bool expected)
    {
        ListenAddress.TryCreate("http://127.0.0.1:5210", [], false, out var address, out _).ShouldBeTrue();

        address!.Allows(new HostString(host)).ShouldBe(expected);
    }

    private static string? Create(string url)
    {
        ListenAddress.TryCreate(url, [], false, out _, out var problem);
        return problem;
    }
}

using Touchstage.Safety.Egress;

namespace Touchstage.Safety.Tests.Egress;

public sealed class BaseUrlPinTests
{
    [Theory]
    [InlineData("https://api.example.com", "https://api.example.com/v1/x?a=b")]
    [InlineData("https://api.example.com:8443/base", "https://api.example.com:8443/base/v1")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base?x=1")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base")]
    [InlineData("https://api.example.com", "https://api.example.com/a%7Eb/%41?q=%7e&x=%2E%2e/..")]
    [InlineData("https://api.example.com", "https://api.example.com//double/...")]
    public void TryPin_UnderTheBase_KeepsEveryByte(string baseUrl, string target)
    {
        BaseUrlPin.TryPin(baseUrl, false, target, out var uri).ShouldBeTrue();
        uri!.PathAndQuery.ShouldBe(target["https://".Length..][target["https://".Length..].IndexOf('/')..]);
    }

    [Theory]
    [InlineData("https://api.example.com", "https://api.example.com.evil.test/v1")]
    [InlineData("https://api.example.com", "https://api.example.com@evil.test/v1")]
    [InlineData("https://api.example.com", "https://api.example.com:444/v1")]
    [InlineData("https://api.example.com", "http://api.example.com/v1")]
    [InlineData("https://api.example.com", "HTTPS://api.example.com/v1")]
    [InlineData("https://api.example.com", "https://API.example.com/v1")]
    [InlineData("https://api.example.com", "https://api.example.com")]
    [InlineData("https://api.example.com", "https://api.example.com?x=1")]
    [InlineData("https://api.example.com/base", "https://api.example.com/basement")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base/../admin")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base/%2e%2E/admin")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base/..%2fadmin")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base/..%5Cadmin")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base/./admin")]
    [InlineData("https://api.example.com/base", "https://api.example.com/base\\..\\admin")]
    [InlineData("https://api.example.com", "https://api.example.com/v1#fragment")]
    [InlineData("https://api.example.com", "https://api.example.com/v1 x")]
    [InlineData("https://api.example.com", "https://api.example.com/v1\r\nX: y")]
    [InlineData("https://api.example.com", "https://api.example.com/v\u00e9")]
    [InlineData("https://user@api.example.com", "https://user@api.example.com/v1")]
    [InlineData("https://api.example.com/", "https://api.example.com/v1")]
    [InlineData("http://api.example.com", "http://api.example.com/v1")]
    [InlineData("ftp://api.example.com", "ftp://api.example.com/v1")]
    public void TryPin_AnythingElse_IsRefused(string baseUrl, string target) => BaseUrlPin.TryPin(baseUrl, false, target, out _).ShouldBeFalse();

    [Fact]
    public void TryPin_PlainHttp_OnlyInsideAPrivateNetwork()
    {
        BaseUrlPin.TryPin("http://10.0.0.1:80", true, "http://10.0.0.1:80/x", out _).ShouldBeTrue();
        BaseUrlPin.TryPin("http://10.0.0.1:80", false, "http://10.0.0.1:80/x", out _).ShouldBeFalse();
    }
}

using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A19_AValueAddsASegmentOrAHeader
{
    [Theory]
    [InlineData("report")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../admin")]
    [InlineData("..%2fadmin")]
    [InlineData("%2e%2e")]
    [InlineData("%252e%252e")]
    [InlineData("a/../../admin")]
    [InlineData("a?admin=1")]
    [InlineData("a#b")]
    [InlineData("@elsewhere.example")]
    [InlineData("//elsewhere.example/")]
    [InlineData("..\\admin")]
    [InlineData("\uff0e\uff0e")]
    [InlineData("\u2025")]
    [InlineData("..;x")]
    [InlineData("a\r\nX-Admin: 1")]
    [InlineData("")]
    public async Task APathValue_StaysOneSegment_OrIsRefused(string name)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.File());

        var outcome = await host.CallAsync(await host.AgentAsync(), "put_file", new { name, label = "plain" });

        if (outcome.Status is ActionStatus.Completed)
        {
            var sent = upstream.Exchanges.ShouldHaveSingleItem();
            var segments = sent.Target.Split('/');
            (segments.Length, segments[1], segments[2], segments[4]).ShouldBe((5, "v1", "files", "content"), sent.Target);
            segments[3].IndexOfAny(['?', '#', '\\', ' ', '@']).ShouldBe(-1);
            Uri.UnescapeDataString(segments[3]).ShouldBe(name);
            sent.HeaderNames.ShouldNotContain("x-admin");
        }
        else
        {
            name.ShouldNotBe("report");
            outcome.Code.ShouldBe("unsafe_request_value");
            upstream.Exchanges.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("..%2f..")]
    [InlineData("\uff0e\uff0e")]
    public async Task DotsInAnyDress_AreRefused(string name)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.File());

        (await host.CallAsync(await host.AgentAsync(), "put_file", new { name, label = "plain" })).Code.ShouldBe("unsafe_request_value");
        upstream.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("plain", null)]
    [InlineData("a\r\nAuthorization: Bearer stolen", "unsafe_request_value")]
    [InlineData("a\nX-Admin: 1", "unsafe_request_value")]
    [InlineData("a\0b", "unsafe_request_value")]
    public async Task AHeaderValue_NeverAddsAHeader(string label, string? code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.File());

        (await host.CallAsync(await host.AgentAsync(), "put_file", new { name = "report", label })).Code.ShouldBe(code);
        upstream.Exchanges.Count.ShouldBe(code is null ? 1 : 0);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("x&key=stolen")]
    [InlineData("x#&key=stolen")]
    [InlineData("x;key=stolen")]
    [InlineData("x%26key%3Dstolen")]
    [InlineData("?key=stolen")]
    [InlineData("\uff06key=stolen")]
    public async Task AQueryValue_NeverAddsAParameter_NorReplacesTheKey(string text)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Reach.Manifest());
        await host.ConnectAsync($"baseUrl: \"{upstream.BaseUrl}/tenant/a\", network: private, auth: {{ type: api_key, query: key }}");

        (await host.CallAsync(await host.AgentAsync(), "say", new { text })).Status.ShouldBe(ActionStatus.Completed);

        var target = upstream.Exchanges.ShouldHaveSingleItem().Target;
        var (path, query) = (target[..target.IndexOf('?')], target[(target.IndexOf('?') + 1)..].Split('&'));
        path.ShouldBe("/tenant/a/v1/say");
        query.Length.ShouldBe(2, target);
        query[0].ShouldStartWith("q=");
        Uri.UnescapeDataString(query[0][2..]).ShouldBe(text);
        query[1].ShouldBe("key=" + Reach.Secret);
        query[0].IndexOfAny(['#', ';', '?', ' ']).ShouldBe(-1);
    }
}

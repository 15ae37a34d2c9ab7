using Touchstage.Attacks.Tests.Faults;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A27_TheArgumentsAreABomb
{
    public static TheoryData<string, string?> Bombs => new()
    {
        { """{"email":"eve@acme.example","role":"viewer"}""", null },
        { $$"""{"email":"{{new string('a', 2_000_000)}}","role":"viewer"}""", "arguments_too_large" },
        { string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000)), "arguments_too_large" },
        { $$"""{"email":{{string.Concat(Enumerable.Repeat("{\"a\":", 200))}}1{{new string('}', 200)}},"role":"viewer"}""", "arguments_too_large" },
        { $$"""{{{string.Join(',', Enumerable.Range(0, 60_000).Select(n => $"\"a{n}\":1"))}}}""", "arguments_too_large" },
        { $$"""{"email":"{{new string('a', 250)}}!","role":"viewer"}""", "invalid_arguments" },
        { $$"""{"email":"a@{{new string('.', 200_000)}}!","role":"viewer"}""", "invalid_arguments" },
    };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public async Task ABomb_IsRefused_AndWhatFitsGoesThrough(string arguments, string? code)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);

        var outcome = await host.CallAsync(await host.AgentAsync(), "invite_member", arguments);

        outcome.Code.ShouldBe(code);
        (outcome.Reason?.Length ?? 0).ShouldBeLessThan(5_000);
        upstream.Writes().ShouldBe(code is null ? 1 : 0);
    }
}

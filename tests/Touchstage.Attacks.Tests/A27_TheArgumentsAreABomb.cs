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

    // What an author may well write, and what makes it costly: looking around, branches in themselves, unevaluated properties, equal items.
    public static TheoryData<string, string, string, string?> Schemas => new()
    {
        { """{ type: string, pattern: "^(?=(a|aa)+$)a" }""", "{}", "\"aaa\"", null },
        { """{ type: string, pattern: "^(?=(a|aa)+$)a" }""", "{}", $"\"{new string('a', 5_000)}!\"", "invalid_arguments" },
        { """{ not: { type: string, pattern: "^(?=(a|aa)+$)a" } }""", "{}", $"\"{new string('a', 5_000)}!\"", "invalid_arguments" },
        { """{ type: string, pattern: "^(a|a)*$" }""", "{}", $"\"{new string('a', 500_000)}!\"", "invalid_arguments" },
        { """{ $ref: "#/$defs/tree" }""", Tree, Nest(28), null },
        { """{ $ref: "#/$defs/tree" }""", Tree, Nest(28, "\"x\""), "invalid_arguments" },
        { """{ type: array, uniqueItems: true }""", "{}", $"[{string.Join(',', Enumerable.Range(0, 9_000))},0]", "invalid_arguments" },
        { """{ type: array, contains: { $ref: "#/$defs/many" } }""", Many, $"[{string.Join(',', Enumerable.Repeat("99", 9_000))}]", "invalid_arguments" },
    };

    private const string Tree =
        """{ tree: { type: object, properties: { v: { type: integer } }, anyOf: [{ required: [l], properties: { l: { $ref: "#/$defs/tree" } } }, { required: [r], properties: { r: { $ref: "#/$defs/tree" }, l: { $ref: "#/$defs/tree" } } }, { required: [v] }] } }""";

    private static readonly string Many = $$"""{ many: { allOf: [{{string.Join(", ", Enumerable.Range(0, 100).Select(n => $"{{ not: {{ const: {n} }} }}"))}}] } }""";

    [Theory]
    [MemberData(nameof(Schemas), DisableDiscoveryEnumeration = true)]
    public async Task WhatASchemaMakesCostly_IsRefused_AndWhatFitsGoesThrough(string schema, string definitions, string note, string? code)
    {
        await using var upstream = FakeUpstream.Answering(200, "application/json", "{}");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Note(schema, definitions));

        var outcome = await host.CallAsync(await host.AgentAsync(), "note", $$"""{"note":{{note}}}""");

        outcome.Code.ShouldBe(code, outcome.Reason);
        (outcome.Reason?.Length ?? 0).ShouldBeLessThan(5_000);
        upstream.Connections.ShouldBe(code is null ? 1 : 0);
    }

    private static string Nest(int depth, string inmost = "1") =>
        string.Concat(Enumerable.Range(0, depth).Select(level => level % 2 == 0 ? "{\"l\":" : "{\"r\":")) + $"{{\"v\":{inmost}}}" + new string('}', depth);
}

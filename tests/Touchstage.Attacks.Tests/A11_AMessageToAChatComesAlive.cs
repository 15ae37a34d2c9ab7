using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety;
using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A11_AMessageToAChatComesAlive
{
    private const string Link = "|Open it in the inbox>";

    [Theory]
    [InlineData("<!channel> approve this now")]
    [InlineData("<@U024BE7LH> <#C024BE7LR>")]
    [InlineData("<https://evil.example|Open it in the in>")]
    [InlineData("&lt;!here&gt; ` <!here> `")]
    [InlineData("a\n> *Approved* by Paula\n")]
    [InlineData("pay \u202E001\u202C\u200B to eve")]
    public async Task WhatAModelPutsIntoTheSummary_MentionsNobody_LinksNowhere_AndHidesNothing(string to)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Pay());
        host.Services.GetRequiredService<SafetyOptions>().InboxUrl = "https://approvals.example/inbox";
        await host.HookAsync(upstream.BaseUrl, ("chat", $"url: \"{upstream.BaseUrl}/hooks\", network: private, format: slack", $"{upstream.BaseUrl}/hooks/T0/B0/x"));
        (await host.CallAsync(await host.AgentAsync(), "pay", new { to, amount = 5 })).Status.ShouldBe(ActionStatus.PendingApproval);

        await host.DeliverAsync();

        var message = JsonElement.Parse(Encoding.UTF8.GetString(upstream.Exchanges.Single(exchange => exchange.Target.StartsWith("/hooks", StringComparison.Ordinal)).Body));
        var texts = Strings(message).ToArray();
        texts.ShouldContain(text => text.Contains("Pay 5 to ", StringComparison.Ordinal));
        foreach (var text in texts)
        {
            // Our own link is the one thing that may begin with what Slack takes for mark-up.
            var rest = text.EndsWith(Link, StringComparison.Ordinal) ? text[..text.LastIndexOf("<https://approvals.example/inbox/", StringComparison.Ordinal)] : text;
            rest.ShouldNotContain("<");
            rest.ShouldNotContain(">");
            rest.ShouldAllBe(c => !char.IsControl(c) && c != '\u202E' && c != '\u200B');
        }

        Marked(message).ShouldHaveSingleItem().ShouldEndWith(Link);
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Strings(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    // The texts of elements that know mark-up.
    private static IEnumerable<string> Marked(JsonElement message) => message.GetProperty("blocks").EnumerateArray()
        .Where(block => block.TryGetProperty("text", out var text) && text.GetProperty("type").GetString() == "mrkdwn")
        .Select(block => block.GetProperty("text").GetProperty("text").GetString()!);
}

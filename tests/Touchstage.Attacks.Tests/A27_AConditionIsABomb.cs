using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A27_AConditionIsABomb
{
    public static TheoryData<string> Bombs =>
    [
        $"{new string('(', 3_000)}true{new string(')', 1_000)}",
        $"{string.Concat(Enumerable.Repeat("(", 90))}args.amount > 1.0{new string(')', 90)}",
        string.Join(" || ", Enumerable.Repeat("args.amount > 1.0", 5_000)),
        $"{new string('!', 4_000)}true",
        $"{string.Concat(Enumerable.Repeat("args.amount > 1.0 ? true : ", 100))}false",
        $"size({string.Concat(Enumerable.Repeat("[", 200))}{new string(']', 200)}) > 0",
        $"args.shop.matches('{string.Concat(Enumerable.Repeat("(a{1000}", 10))}{new string(')', 10)}')",
    ];

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public async Task ABombInAManifest_IsToldAndNotLoaded_AndTheLastGoodOneStands(string condition)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        var manifests = Manifests.Order("[]");
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, manifests);
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "capabilities", "order.yaml"), Manifests.Order("[]", $"forbid: \"{condition}\"")["order.yaml"]);

        var report = await host.Services.GetRequiredService<IManifests>().ReloadAsync(default);

        report.Problems.ShouldNotBeEmpty();
        report.Problems.Count.ShouldBeLessThan(20);
        report.Problems.ShouldAllBe(problem => problem.File == "order.yaml" && problem.ToString().Length < 20_000);
        (await host.CallAsync(await host.AgentAsync(), "order", new { shop = "ab", amount = 20 })).Status.ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("forbid: args.shop.matches('^(a+)+$')", ActionStatus.Refused)]
    [InlineData("forbid: args.shop.matches('^(a|aa|aaa)*b$')", ActionStatus.Completed)]
    [InlineData("forbid: args.shop.matches('^(([a-z])+.)+[A-Z]([a-z])+$')", ActionStatus.Completed)]
    public async Task APatternThatWouldExplode_AnswersInTimeLinearInTheText(string rule, ActionStatus status)
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Order("[]", rule));

        var outcome = await host.CallAsync(await host.AgentAsync(), "order", new { shop = new string('a', 2_000), amount = 20 });

        outcome.Status.ShouldBe(status);
    }
}

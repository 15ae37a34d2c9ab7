using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A27_AConditionGrowsWithItsArguments
{
    private const string Nested = "args.items.all(a, args.items.all(b, args.items.all(c, args.items.all(d, a + b + c + d != 'x'))))";
    private const string Doubling = "cel.bind(a, args.items, cel.bind(b, [a, a, a, a], cel.bind(c, [b, b, b, b], [c, c, c, c] != [])))";

    [Theory]
    [InlineData("args.items.all(a, a != 'x')", true)]
    [InlineData(Nested, false)]
    [InlineData(Doubling, false)]
    public async Task AConditionThatGrowsWithItsArguments_IsNotLoaded_AndTheLastGoodOneStaysInForce(string condition, bool isLoaded)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Batch("args.items.exists(a, a == 'never')"));
        foreach (var (name, yaml) in Manifests.Batch(condition))
        {
            await File.WriteAllTextAsync(Path.Combine(host.Folder, "capabilities", name), yaml);
        }

        var report = await host.Services.GetRequiredService<IManifests>().ReloadAsync(default);

        report.IsLoaded.ShouldBe(isLoaded, string.Join('\n', report.Problems));
        report.Problems.ShouldAllBe(problem => problem.ToString().Contains("steps of one evaluation", StringComparison.Ordinal));
        var outcome = await host.CallAsync(await host.AgentAsync(), "batch", JsonSerializer.Serialize(new { items = Enumerable.Range(0, 2_000).Select(i => $"item {i}") }));
        outcome.Status.ShouldBe(isLoaded ? ActionStatus.Completed : ActionStatus.Refused);
    }

    [Fact]
    public async Task NestedMacrosOverWhatTheSchemaBounds_AreAllowed()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, Manifests.Batch(Nested, "maxItems: 8, "));

        (await host.CallAsync(await host.AgentAsync(), "batch", new { items = (string[])["a", "b"] })).Status.ShouldBe(ActionStatus.Completed);
    }
}

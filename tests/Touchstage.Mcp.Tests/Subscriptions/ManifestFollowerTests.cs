using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Subscriptions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Subscriptions;

/// <summary>Manifests that change under a running server.</summary>
public sealed class ManifestFollowerTests
{
    private const string Description = "description: Give an amount back.";

    private static readonly string Manifest = $"""
        capability: give_back
        title: Give back
        {Description}
        connection: billing
        effects: destructive
        input: {"{ type: object, required: [id], properties: { id: { type: string, maxLength: 40 } } }"}
        request: {"{ method: POST, path: /v1/refunds, timeout: 5s }"}
        policy: {"[{ allow: args.id != \"never\" }]"}
        """;

    [Theory]
    [InlineData("sse")]
    [InlineData("streams 2025-11-25")]
    public async Task WhatIsSaved_IsInForceAMomentLater_AndClientsAreTold(string door)
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests(Manifest));
        var agent = await server.ThroughAsync(door, await server.Host.AgentAsync());
        (await ToldAsync(agent)).ShouldBe("Give an amount back.");
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var handler = agent.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            told.TrySetResult();
            return default;
        });

        await SaveAsync(server, Manifest.Replace(Description, "description: Give the whole amount back.", StringComparison.Ordinal));

        await PassAsync(server, () => Task.FromResult(told.Task.IsCompleted));
        (await ToldAsync(agent)).ShouldBe("Give the whole amount back.");
    }

    [Fact]
    public async Task WhatIsWrong_LeavesTheLastGoodVersionInForce_UntilItIsMended()
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests(Manifest));
        var agent = await server.ClientAsync(await server.Host.AgentAsync());

        await SaveAsync(server, Manifest.Replace("args.id", "args.it", StringComparison.Ordinal).Replace(Description, "description: Wrong.", StringComparison.Ordinal));
        var looks = 0;
        await PassAsync(server, () => Task.FromResult(++looks > 20));
        (await ToldAsync(agent)).ShouldBe("Give an amount back.");

        await SaveAsync(server, Manifest.Replace(Description, "description: Mended.", StringComparison.Ordinal));
        await PassAsync(server, async () => await ToldAsync(agent) == "Mended.");
    }

    private static Dictionary<string, string> Manifests(string text) => new(StringComparer.Ordinal) { ["give_back.yaml"] = text };

    private static Task SaveAsync(RunningServer server, string text) => File.WriteAllTextAsync(Path.Combine(server.Host.Folder, "capabilities", "give_back.yaml"), text);

    private static async Task<string> ToldAsync(McpClient agent) => (await agent.ListToolsAsync()).Single(tool => tool.Name == "give_back").Description;

    // Time passes while the follower waits for its next look.
    private static async Task PassAsync(RunningServer server, Func<Task<bool>> until)
    {
        for (var begun = Stopwatch.GetTimestamp(); !await until();)
        {
            Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(Patience.ForAnEvent);
            if (server.Host.Time.IsDueWithin(ManifestFollower.LookEvery))
            {
                server.Host.Time.Advance(ManifestFollower.LookEvery);
            }

            await Task.Yield();
        }
    }
}

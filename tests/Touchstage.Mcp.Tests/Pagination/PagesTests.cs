using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Pagination;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tests.Pagination;

public sealed class PagesTests
{
    private const string Manifest = """
        capability: look_NUMBER
        title: Look NUMBER
        description: Looks.
        connection: billing
        effects: readOnly
        input: { type: object, properties: {} }
        request: { method: GET, path: /v1/customers }
        policy: [{ allow: true }]
        """;

    [Theory]
    [InlineData(RunningServer.Old)]
    [InlineData(RunningServer.Modern)]
    public async Task ALongList_ComesInPages_EveryItemOnceAndInOrder(string era)
    {
        await using var server = await RunningServer.StartAsync(manifests: Many(250));
        var agent = await server.ClientAsync(await server.Host.AgentAsync(), era);

        var first = await agent.ListToolsAsync(new ListToolsRequestParams());
        var second = await agent.ListToolsAsync(new ListToolsRequestParams { Cursor = first.NextCursor });

        first.Tools.Count.ShouldBe(Pages.Size);
        first.NextCursor.ShouldNotBeNull().ShouldNotContain("look_");
        second.NextCursor.ShouldBeNull();
        first.Tools.Concat(second.Tools).Select(tool => tool.Name).ShouldBe([.. Enumerable.Range(0, 250).Select(Name), "touchstage_check_approval", "touchstage_withdraw_approval"]);
        (await agent.ListToolsAsync()).Count.ShouldBe(252, "clients of the library follow the cursors");
    }

    [Fact]
    public async Task ACursor_IsOfOneListOfOneOwner()
    {
        await using var server = await RunningServer.StartAsync(manifests: Many(250));
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var cursor = (await agent.ListToolsAsync(new ListToolsRequestParams())).NextCursor!;
        var again = await server.ClientAsync(await server.Host.AgentAsync());
        var others = new[]
        {
            await server.Host.AgentAsync("globex", "bob@example.com"),
            await server.Host.AgentAsync("acme", "eve@example.com"),
            await server.Host.ApproverAsync("acme", "bob@example.com"),
        };

        (await again.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor })).Tools.Count.ShouldBe(52, "another session of the same principal and kind goes on with it");
        foreach (var key in others)
        {
            var other = await server.ClientAsync(key);
            await ShouldBeRefusedAsync(() => other.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }).AsTask());
        }

        foreach (var wrong in (string[])["", "200", "look_199", cursor[..^2], cursor + "A", new('A', 100_000)])
        {
            await ShouldBeRefusedAsync(() => agent.ListToolsAsync(new ListToolsRequestParams { Cursor = wrong }).AsTask());
        }

        await ShouldBeRefusedAsync(() => agent.ListResourcesAsync(new ListResourcesRequestParams { Cursor = cursor }).AsTask());
        await ShouldBeRefusedAsync(() => agent.ListResourceTemplatesAsync(new ListResourceTemplatesRequestParams { Cursor = cursor }).AsTask());
        await ShouldBeRefusedAsync(() => agent.ListPromptsAsync(new ListPromptsRequestParams { Cursor = cursor }).AsTask());
    }

    [Fact]
    public async Task WhatIsAddedOrGoesBetweenTwoPages_MovesNothingElse()
    {
        await using var server = await RunningServer.StartAsync();
        var caller = await server.Host.CallerAsync(await server.Host.AgentAsync());
        var pages = new Pages(server.Services.GetRequiredService<IDataProtectionProvider>());
        string[] all = [.. Enumerable.Range(0, 300).Select(Name)];
        var cursor = Of(pages, caller, all, null).NextCursor;

        Of(pages, caller, ["new", .. all], cursor).Items.ShouldBe(all[200..]);
        Of(pages, caller, [.. all[5..]], cursor).Items.ShouldBe(all[200..]);
        Of(pages, caller, [.. all[..199], .. all[200..]], cursor).Items.ShouldBe(all[200..]);
        Of(pages, caller, ["one"], cursor).Items.ShouldBeEmpty();
        Of(pages, caller, all[..200], null).NextCursor.ShouldBeNull();
    }

    private static Page<string> Of(Pages pages, Caller caller, string[] all, string? cursor) => pages.Of(caller, "letters/list", all, name => name, cursor);

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"look_{number:D3}");

    private static Dictionary<string, string> Many(int count) => Enumerable.Range(0, count).ToDictionary(
        number => $"{Name(number)}.yaml", number => Manifest.Replace("look_NUMBER", Name(number), StringComparison.Ordinal).Replace("NUMBER", Name(number), StringComparison.Ordinal), StringComparer.Ordinal);

    private static async Task ShouldBeRefusedAsync(Func<Task> list)
    {
        var fault = await Should.ThrowAsync<McpProtocolException>(list);
        fault.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        fault.Message.ShouldContain("cursor does not belong to this list and session. Ask for the list again without one.");
    }
}

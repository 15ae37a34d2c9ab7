using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Demo;

/// <summary>Somebody who is connected to the server with a real MCP client: an agent or an approver.</summary>
internal sealed class McpParty : IAsyncDisposable
{
    private static readonly TimeSpan UpdateWithin = TimeSpan.FromSeconds(10);

    private readonly McpClient client;

    private McpParty(string name, string tenant, McpClient client) => (Name, Tenant, this.client) = (name, tenant, client);

    public string Name { get; }

    public string Tenant { get; }

    /// <summary>Which revision of the protocol both sides agreed on.</summary>
    public string Protocol => client.NegotiatedProtocolVersion ?? "unknown";

    public static async Task<McpParty> ConnectAsync(string name, string tenant, Uri server, string sessionKey, Overheard? overheard, CancellationToken cancellation)
    {
        HttpMessageHandler handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        var http = new HttpClient(overheard is null ? handler : new OverhearingHandler(handler, overheard)) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new("Bearer", sessionKey);
        var options = new HttpClientTransportOptions { Endpoint = new Uri(server, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        var transport = new HttpClientTransport(options, http, ownsHttpClient: true);
        return new(name, tenant, await McpClient.CreateAsync(transport, new() { ClientInfo = new() { Name = $"demo-{name}", Version = "1" } }, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<Tool>> ToolsAsync(CancellationToken cancellation) =>
        [.. (await client.ListToolsAsync(cancellationToken: cancellation)).Select(tool => tool.ProtocolTool)];

    public async Task<IReadOnlyList<string>> PromptsAsync(CancellationToken cancellation) =>
        [.. (await client.ListPromptsAsync(cancellationToken: cancellation)).Select(prompt => prompt.Name)];

    public async Task<ToolAnswer> CallAsync(string tool, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellation)
    {
        try
        {
            return ToolAnswer.Of(await client.CallToolAsync(tool, arguments, cancellationToken: cancellation));
        }
        catch (McpException fault)
        {
            return ToolAnswer.FaultOf(fault.Message);
        }
    }

    /// <summary>What a prompt says.</summary>
    public async Task<string> PromptAsync(string prompt, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellation)
    {
        var answer = await client.GetPromptAsync(prompt, arguments, cancellationToken: cancellation);
        return string.Join('\n', answer.Messages.Select(message => message.Content).OfType<TextContentBlock>().Select(block => block.Text));
    }

    /// <summary>A resource's content; null if the server knows of none at that address.</summary>
    public async Task<JsonElement?> ReadAsync(string uri, CancellationToken cancellation)
    {
        try
        {
            var read = await client.ReadResourceAsync(uri, cancellationToken: cancellation);
            return JsonElement.Parse(read.Contents.OfType<TextResourceContents>().Single().Text);
        }
        catch (McpException)
        {
            return null;
        }
    }

    /// <summary>Subscribes to a resource, lets something happen, and reads the resource at each update until it is as hoped.</summary>
    /// <returns>Its content then, and how many updates came.</returns>
    public async Task<(JsonElement? Content, int Updates)> FollowAsync(string uri, Func<JsonElement, bool> isDone, Func<Task> happens, CancellationToken cancellation)
    {
        using var updated = new SemaphoreSlim(0);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(UpdateWithin);
        await using var subscription = await ResourceSubscription.OpenAsync(client, uri, () => updated.Release(), patience.Token);
        await happens();
        JsonElement? content = null;
        for (var updates = 1; ; updates++)
        {
            try
            {
                await updated.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return (await ReadAsync(uri, cancellation), updates - 1);
            }

            content = await ReadAsync(uri, cancellation);
            if (content is { } now && isDone(now))
            {
                return (content, updates);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.DisposeAsync();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException or McpException)
        {
            // The server may have ended before its client.
        }
    }
}

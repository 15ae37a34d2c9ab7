using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>Somebody connected to a server with the C# client.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly RunningProcess? server;

    private Party(McpClient client, RunningProcess? server) => (Client, this.server) = (client, server);

    public McpClient Client { get; }

    /// <summary>Connects over streamable HTTP, or over legacy SSE.</summary>
    /// <param name="deployment">What is connected to.</param>
    /// <param name="at">The server.</param>
    /// <param name="key">The session key.</param>
    /// <param name="era">The revision to speak; null negotiates.</param>
    /// <param name="isSse">Over legacy SSE.</param>
    /// <param name="fill">Fills forms in; null for a client that shows none.</param>
    public static async Task<Party> OverHttpAsync(Deployment deployment, Server at, string key, string? era = null, bool isSse = false, Func<ElicitRequestParams, object>? fill = null)
    {
        var http = new HttpClient(new OverheardHttp(deployment.Transcript)) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(at.Address, isSse ? "/mcp/sse" : "/mcp"),
            TransportMode = isSse ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
        };
        return new(await McpClient.CreateAsync(new HttpClientTransport(options, http, ownsHttpClient: true), Speaking(era, fill)), server: null);
    }

    /// <summary>Starts a server on standard input and output and connects to it.</summary>
    public static Task<Party> OverStdioAsync(Deployment deployment, string key, string? era = null, Func<ElicitRequestParams, object>? fill = null) =>
        StartedAsync(deployment.ServeStdio(key), deployment, era, fill);

    /// <summary>Connects to a server that was started on standard input and output.</summary>
    public static async Task<Party> StartedAsync(RunningProcess own, Deployment deployment, string? era = null, Func<ElicitRequestParams, object>? fill = null)
    {
        var transport = new StreamClientTransport(own.Input, new OverheardStream(own.Output, deployment.Transcript));
        return new(await McpClient.CreateAsync(transport, Speaking(era, fill)), own);
    }

    /// <summary>Calls a tool.</summary>
    public async Task<CallToolResult> CallAsync(string tool, object arguments) =>
        await Client.CallToolAsync(tool, JsonSerializer.SerializeToElement(arguments).Deserialize<Dictionary<string, object?>>()!);

    /// <summary>Calls a tool and gives the structured content.</summary>
    public async Task<JsonElement> AnswerAsync(string tool, object arguments) => (await CallAsync(tool, arguments)).StructuredContent!.Value;

    /// <summary>Calls a tool that must be held, and gives the approval's id.</summary>
    public async Task<string> HeldAsync(string tool, object arguments)
    {
        var answer = await AnswerAsync(tool, arguments);
        answer.Text("status").ShouldBe("pending_approval", answer.GetRawText());
        return answer.GetProperty("approval").Text("id");
    }

    /// <summary>What a prompt says.</summary>
    public async Task<string> PromptAsync(string prompt, params (string Name, string Value)[] arguments)
    {
        var answer = await Client.GetPromptAsync(prompt, arguments.ToDictionary(pair => pair.Name, pair => (object?)pair.Value, StringComparer.Ordinal));
        return string.Join('\n', answer.Messages.Select(message => message.Content).OfType<TextContentBlock>().Select(block => block.Text));
    }

    /// <summary>Shows the case and gives the decision code that stands in its last line.</summary>
    public async Task<string> DecisionCodeAsync(string approval)
    {
        var shown = await PromptAsync("review", ("id", approval));
        var last = shown.Split('\n')[^1];
        last.ShouldStartWith("Decision code: ", customMessage: shown);
        return last["Decision code: ".Length..];
    }

    /// <summary>Reads a resource.</summary>
    public async Task<JsonElement> ReadAsync(string uri) =>
        JsonElement.Parse((await Client.ReadResourceAsync(uri)).Contents.OfType<TextResourceContents>().Single().Text);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    // A server that is slow to start on a busy machine is no old one: the time-out of the whole handshake is enough.
    private static McpClientOptions Speaking(string? era, Func<ElicitRequestParams, object>? fill) => new()
    {
        Capabilities = fill is null ? null : new() { Elicitation = new() { Form = new() } },
        Handlers = new() { ElicitationHandler = fill is null ? null : (asked, _) => ValueTask.FromResult(Filled(fill(asked!))) },
        ClientInfo = new() { Name = "acceptance", Version = "1" },
        ProtocolVersion = era,
        DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
    };

    private static ElicitResult Filled(object content) =>
        new() { Action = "accept", Content = JsonSerializer.SerializeToElement(content).Deserialize<Dictionary<string, JsonElement>>() };
}

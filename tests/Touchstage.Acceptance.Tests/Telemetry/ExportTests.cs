using System.Net;
using System.Text;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Telemetry;

/// <summary>What an operator's collector and log get: one trace from the client's call to the API, metrics, and nothing of what was said.</summary>
[Collection(PayoutCollection.Name)]
public sealed class ExportTests(PayoutDeployment deployment)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Amount = "8123781";

    private static readonly string[] Stages = ["identify", "resolve", "validate", "judge", "permit", "record", "mint", "open", "send", "settle"];

    private readonly Canaries canaries = new();

    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task One_trace_leads_from_the_call_to_the_API_and_nothing_that_was_said_is_exported(string door)
    {
        await using var collector = new OtlpReceiver();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        };
        var process = door == "http" ? await OverHttpAsync(environment) : await OverStdioAsync(environment);

        // What is still to be sent is sent at the end.
        await process.AskToStopAsync();
        (await process.EndedAsync()).ShouldBe(0);

        var ofTheCall = collector.Spans.Where(span => span.Trace == Trace).Select(span => span.Name).ToArray();
        ofTheCall.ShouldContain("tools/call");
        Stages.ShouldBeSubsetOf(ofTheCall);
        collector.Metrics.ShouldContain("touchstage.action.outcomes");
        collector.Metrics.ShouldContain("touchstage.stage.duration");
        collector.Metrics.ShouldContain("mcp.server.operation.duration");
        if (door == "http")
        {
            collector.Metrics.ShouldContain("http.server.request.duration");
            string.Join(',', collector.Spans.Select(span => span.Name).Distinct()).ShouldContain("POST /mcp");
        }

        canaries.Add(deployment.Agent.Key);
        canaries.Add(Amount);
        canaries.FoundIn(collector.Everything).ShouldBeEmpty();
        deployment.Canaries.FoundIn(collector.Everything).ShouldBeEmpty();
        canaries.FoundIn([("log", Encoding.UTF8.GetBytes(process.Said))]).ShouldBeEmpty();
        process.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("listening on ", StringComparison.Ordinal)).ShouldAllBe(line => IsEntry(line));
        process.Said.ShouldContain($"\"trace_id\":\"{Trace}\"");
        await deployment.LedgerShouldBeSoundAsync();
    }

    private static bool IsEntry(string line) => JsonElement.Parse(line) is { ValueKind: JsonValueKind.Object } entry && entry.TryGetProperty("message", out _) && entry.TryGetProperty("event", out _);

    private async Task<RunningProcess> OverHttpAsync(Dictionary<string, string> environment)
    {
        var server = await deployment.ServeAsync(environment, "--log-format", "json");
        var call = PostAsync(server, Call("1", "pay_out", $$"""{"amount":{{Amount}}}"""), "tools/call", "pay_out");
        await AnsweredAsync();
        (await call).Body.ShouldContain("completed");
        foreach (var (body, method, name) in Hostile())
        {
            await PostAsync(server, body, method, name);
        }

        // Before anybody knows who comes, too.
        (await PostAsync(server, Call("1", "pay_out", "{}"), "tools/call", "pay_out", New("ts_agent_wrong"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var elsewhere = await deployment.Http.GetAsync(new Uri(server.Address, $"/{New("path")}?q={New("query")}"));
        return server.Process;
    }

    private async Task<RunningProcess> OverStdioAsync(Dictionary<string, string> environment)
    {
        var process = deployment.ServeStdio(deployment.Agent.Key, environment, "--log-format", "json");
        using var reader = new StreamReader(process.Output, Encoding.UTF8);
        await WriteAsync(process, Call("1", "pay_out", $$"""{"amount":{{Amount}}0}"""));
        await AnsweredAsync();
        (await LineAsync(reader)).ShouldContain("completed");
        foreach (var (body, _, _) in Hostile())
        {
            await WriteAsync(process, body);
            await LineAsync(reader);
        }

        return process;
    }

    private async Task AnsweredAsync()
    {
        var request = await deployment.Upstream.NextAsync();
        request.Text.ShouldContain($"\r\ntraceparent: 00-{Trace}-", Case.Insensitive);
        request.Text.ShouldNotContain("tracestate", Case.Insensitive);
        await request.AnswerAsync("""{"id":"po_81"}""");
    }

    // Everywhere that a client can write something.
    private IEnumerable<(string Body, string Method, string Name)> Hostile()
    {
        yield return (Call("2", "pay_out", $$"""{"amount":1,"note":"{{New("argument")}}"}"""), "tools/call", "pay_out");
        yield return (Call("3", "pay_out", $$"""{"amount":"{{New("argument")}}"}"""), "tools/call", "pay_out");
        var tool = New("tool");
        yield return (Call("4", tool, "{}"), "tools/call", tool);
        yield return (Call($"\"{New("id")}\"", "pay_out", "{}"), "tools/call", "pay_out");
        var uri = "touchstage://approvals/" + New("uri");
        yield return (Message("5", "resources/read", $$"""{"uri":"{{uri}}",{{Meta()}}}"""), "resources/read", uri);
        var prompt = New("prompt");
        yield return (Message("6", "prompts/get", $$"""{"name":"{{prompt}}",{{Meta()}}}"""), "prompts/get", prompt);
        var method = New("method");
        yield return (Message("7", method, $$"""{{{Meta()}}}"""), method, "x");
    }

    private string Call(string id, string tool, string arguments) => Message(id, "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}},{{Meta()}}}""");

    private string Meta() =>
        "\"_meta\":{\"traceparent\":\"00-" + Trace + "-b7ad6b7169203331-01\",\"tracestate\":\"vendor=" + New("tracestate") + "\",\"baggage\":\"k=" + New("baggage") + "\",\"x\":\"" + New("meta")
        + "\",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"" + New("client") + "\",\"version\":\"1\"},\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static string Message(string id, string method, string parameters) => "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";

    private string New(string what) => canaries.Add($"{what}-canary-{Path.GetRandomFileName()}");

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(Server server, string body, string method, string name, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, $"/mcp?q={New("query")}")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", key ?? deployment.Agent.Key);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        request.Headers.Add("Mcp-Name", name);
        request.Headers.Add("User-Agent", New("agent"));
        request.Headers.Add("tracestate", "vendor=" + New("state"));
        request.Headers.Add("baggage", "k=" + New("baggage"));
        request.Headers.Add("X-Anything", New("header"));
        using var answer = await deployment.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task WriteAsync(RunningProcess process, string message)
    {
        await process.Input.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"));
        await process.Input.FlushAsync();
    }

    private static async Task<string> LineAsync(StreamReader reader)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        return await reader.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The server ended.");
    }
}

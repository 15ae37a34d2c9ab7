using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Touchstage.Acceptance.Tests.BadInput;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;
using Xunit.Abstractions;

namespace Touchstage.Acceptance.Tests.Fuzz;

/// <summary>
/// Ten thousand frames and ten thousand requests that are malformed or hostile, by chance from a seed (TOUCHSTAGE_FUZZ_SEED repeats one). Afterwards the server answers a good client, its memory is what it was when it was warm,
/// its ledger is sound, nothing reached the API, and no answer told anything of the inside.
/// </summary>
[Collection(PayoutCollection.Name)]
public sealed class FuzzTests(PayoutDeployment deployment, ITestOutputHelper output)
{
    private const int Count = 10_000;
    private const int Warm = 4_000;
    private const int Workers = 6;

    // What the runtime keeps beside what is in use differs from run to run by a tenth; a leak of some six kilobytes a request is past this.
    private const double MostGrowth = 1.25;

    // A small heap that is kept tight: so what a process holds is what it needs, and what has no bound ends it.
    private static readonly Dictionary<string, string> Tight = new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCgen0size"] = "0x800000",
        ["DOTNET_GCConserveMemory"] = "9",
        ["DOTNET_GCHeapHardLimit"] = "0x10000000",
    };

    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("TOUCHSTAGE_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20_261_127;

    [Fact]
    public async Task Standard_input_survives_ten_thousand_hostile_frames()
    {
        output.WriteLine($"seed {Seed}");
        var received = deployment.Upstream.Lines.Count;
        var server = deployment.ServeStdio(deployment.Agent.Key, Tight);
        var answers = new StdioAnswers(server);
        var frames = new HostileFrames(new(1, Seed));
        await answers.AskAsync("begin");
        long warm = 0;
        for (var n = 0; n < Count; n++)
        {
            var frame = frames.Next().Where(letter => letter != (byte)'\n').ToArray();
            await server.Input.WriteAsync(frame).AsTask().WaitAsync(Patience.ForAnEvent);
            await server.Input.WriteAsync("\n"u8.ToArray());

            // What is asked is waited for now and then, so that none of it piles up in the pipes.
            if (n % 500 == 499)
            {
                await answers.AskAsync(string.Create(CultureInfo.InvariantCulture, $"after {n}"));
                warm = n + 1 == Warm ? Held(server.Id) : warm;
            }
        }

        ShouldBeFlat(warm, Held(server.Id));
        (await answers.AskAsync("last")).GetRawText().ShouldContain("\"pay_out\"");
        deployment.Upstream.Lines.Count.ShouldBe(received);
        var paid = answers.AskAsync("paid", "tools/call", """
            "name":"pay_out","arguments":{"amount":91},
            """);
        await (await deployment.Upstream.NextAsync()).AnswerAsync("""{"id":"po_91"}""");
        (await paid).GetRawText().ShouldContain("completed");
        server.Input.Close();
        (await server.EndedAsync()).ShouldBe(0);
        server.Said.ShouldNotContain("   at ");
        await deployment.LedgerShouldBeSoundAsync();
    }

    [Fact]
    public async Task The_port_survives_ten_thousand_hostile_requests()
    {
        output.WriteLine($"seed {Seed}");
        var received = deployment.Upstream.Lines.Count;
        var server = await deployment.ServeAsync(Tight, "--calls-per-minute", "1000000", "--tenant-calls-per-minute", "1000000", "--wrong-keys-per-minute", "1000000");
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SessionAsync(server.Address)));
        var requests = new HostileRequests(new(2, Seed), server.Address.Authority, deployment.Agent.Key, sessions);
        await RunAsync(server.Address, [.. Enumerable.Range(0, Warm).Select(_ => requests.Next())]);
        var warm = Held(server.Process.Id);
        await RunAsync(server.Address, [.. Enumerable.Range(0, Count - Warm).Select(_ => requests.Next())]);

        ShouldBeFlat(warm, Held(server.Process.Id));
        deployment.Upstream.Lines.Count.ShouldBe(received);
        await using var good = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        (await good.Client.ListToolsAsync()).ShouldNotBeEmpty();
        var paid = good.AnswerAsync("pay_out", new { amount = 92 });
        await (await deployment.Upstream.NextAsync()).AnswerAsync("""{"id":"po_92"}""");
        (await paid.WaitAsync(Patience.ForAnEvent)).Text("status").ShouldBe("completed");
        await server.Process.AskToStopAsync();
        (await server.Process.EndedAsync()).ShouldBe(0);
        server.Process.Said.ShouldNotContain("   at ");
        await deployment.LedgerShouldBeSoundAsync();
    }

    private static async Task RunAsync(Uri address, HostileRequest[] requests) => await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
    {
        for (var n = worker; n < requests.Length; n += Workers)
        {
            ShouldBeAnAnswer(requests[n], await SendAsync(address, requests[n]));
        }
    }));

    private static void ShouldBeAnAnswer(HostileRequest request, string answer)
    {
        Plain.ShouldTellNothingOfTheInside(answer);
        if (answer.Length > 0)
        {
            answer.ShouldStartWith("HTTP/1.1 ");
            (answer[9] is '2' or '3' or '4' || answer.StartsWith("HTTP/1.1 505 ", StringComparison.Ordinal)).ShouldBeTrue($"{Encoding.Latin1.GetString(request.Bytes[..Math.Min(request.Bytes.Length, 2_000)])}\n\nwas answered with\n\n{answer}");
        }
        else
        {
            request.IsWhole.ShouldBeFalse($"{Encoding.Latin1.GetString(request.Bytes[..Math.Min(request.Bytes.Length, 2_000)])}\n\nwas not answered");
        }
    }

    // What is answered as a stream goes on for ever: its beginning is enough.
    private static async Task<string> SendAsync(Uri address, HostileRequest request)
    {
        using var late = new CancellationTokenSource(Patience.ForAnEvent);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, late.Token);
        await using var stream = client.GetStream();
        var (said, part) = (new StringBuilder(), new byte[8_192]);
        try
        {
            await stream.WriteAsync(request.Bytes, late.Token);
            while (request.IsWhole && said.Length < 65_536 && !IsStream(said))
            {
                var count = await stream.ReadAsync(part, late.Token);
                if (count == 0)
                {
                    break;
                }

                said.Append(Encoding.Latin1.GetString(part, 0, count));
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // Closed before it was read whole: then what came is the answer, if anything did.
            return said.Length > 0 ? said.ToString() : "HTTP/1.1 400 cut";
        }
        catch (OperationCanceledException cancelled)
        {
            throw new TimeoutException($"No answer within {Patience.ForAnEvent} to\n{Encoding.Latin1.GetString(request.Bytes[..Math.Min(request.Bytes.Length, 2_000)])}\n\nbut\n{said}", cancelled);
        }

        // A reset leaves nothing behind on either side, thousands of times over.
        client.Client.LingerState = new(true, 0);
        return said.ToString();
    }

    private static bool IsStream(StringBuilder said)
    {
        var text = said.ToString();
        return text.Contains("text/event-stream", StringComparison.Ordinal) && text.Contains("\r\n\r\n", StringComparison.Ordinal);
    }

    private async Task<string> SessionAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/mcp"))
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", deployment.Agent.Key);
        using var answer = await deployment.Http.SendAsync(request);
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private void ShouldBeFlat(long warm, long end)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: {end / (double)warm:0.00} of what it was after {Warm} ({warm >> 20} MiB)"));
        (end / (double)warm).ShouldBeLessThan(MostGrowth);
    }

    private static long Held(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    /// <summary>Everything that a server says on standard output, looked at as it comes.</summary>
    private sealed class StdioAnswers
    {
        private const string Meta = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
            """;

        private readonly RunningProcess server;
        private readonly Dictionary<string, TaskCompletionSource<JsonElement>> asked = new(StringComparer.Ordinal);
        private readonly Task reading;

        public StdioAnswers(RunningProcess server)
        {
            this.server = server;
            reading = ReadAsync();
        }

        /// <summary>Asks, and waits for the answer.</summary>
        public async Task<JsonElement> AskAsync(string id, string method = "tools/list", string parameters = "")
        {
            var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (asked)
            {
                asked[id] = answered;
            }

            await server.Input.WriteAsync(Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":{" + parameters + Meta + "}}" + "\n"));
            await server.Input.FlushAsync();
            await Task.WhenAny(answered.Task, reading).WaitAsync(Patience.ForAnEvent);
            return answered.Task.IsCompleted ? await answered.Task : throw new InvalidOperationException($"The server ended before it answered '{id}'. It said:\n{server.Said}\n{reading.Exception}");
        }

        private async Task ReadAsync()
        {
            using var reader = new StreamReader(server.Output, Encoding.UTF8);
            while (await reader.ReadLineAsync() is { } line)
            {
                Plain.ShouldTellNothingOfTheInside(line);
                var message = JsonElement.Parse(line);
                message.Text("jsonrpc").ShouldBe("2.0");
                if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                {
                    lock (asked)
                    {
                        asked.GetValueOrDefault(id.GetString()!)?.TrySetResult(message);
                    }
                }
            }
        }
    }
}

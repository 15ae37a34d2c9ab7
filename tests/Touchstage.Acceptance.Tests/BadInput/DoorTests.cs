using System.Net;
using System.Text;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.BadInput;

/// <summary>Who may not come in, and what is no message at all, on both transports.</summary>
[Collection(SampleCollection.Name)]
public sealed class DoorTests(SampleDeployment deployment)
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    private const string Unknown = "ts_agent_nobody";

    public static TheoryData<string, string> NoMessages => new()
    {
        { "cut", """{"jsonrpc":"2.0","id":1,""" },
        { "no JSON", "hello" },
        { "an array", "[1,2,3]" },
        { "no method", """{"jsonrpc":"2.0","id":7}""" },
        { "another version", """{"jsonrpc":"1.0","id":7,"method":"tools/list"}""" },
        { "no UTF-8", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\u00ff\u00fe\"}" },
        { "parameters that are none", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":[1]}""" },
        { "a key twice", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","name":"b"}}""" },
    };

    [Fact]
    public async Task A_key_that_is_missing_wrong_expired_or_revoked_opens_no_door()
    {
        var (expired, revoked) = (await deployment.SessionAsync("acme", "agent", "late"), await deployment.SessionAsync("acme", "agent", "gone"));
        await LockedStore.ExecuteAsync(Path.Combine(deployment.Data, "touchstage.db"), $"UPDATE sessions SET \"ExpiresAt\" = 1 WHERE \"Id\" = '{expired.Id}'");
        (await PostAsync(Initialize, revoked.Key)).Status.ShouldBe(HttpStatusCode.OK);
        await deployment.DoAsync("session", "revoke", "acme", revoked.Id);

        foreach (var (key, said) in new[] { (null, "touchstage session create"), (Unknown, "not known"), (expired.Key, "expired"), (revoked.Key, "revoked") })
        {
            var (status, body) = await PostAsync(Initialize, key);
            status.ShouldBe(HttpStatusCode.Unauthorized);
            JsonElement.Parse(body).Text("reason").ShouldContain(said);
            Plain.ShouldTellNothingOfTheInside(body);

            var stdio = await Command.RunAsync(Command.Of(
                Executable.Touchstage,
                ["serve", "--stdio", "--data", deployment.Data, "--capabilities", deployment.Capabilities],
                key is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["TOUCHSTAGE_SESSION"] = key }));
            stdio.ShouldEndWith(1, "TOUCHSTAGE_SESSION", said);
            stdio.Output.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_it_is_in_use_is_worth_nothing_from_then_on()
    {
        var session = await deployment.SessionAsync("acme", "agent", "going");
        await using var http = await Party.OverHttpAsync(deployment, deployment.Server, session.Key, "2025-11-25");
        await using var stdio = await Party.OverStdioAsync(deployment, session.Key, "2025-11-25");
        (await http.AnswerAsync("list_projects", new { })).Text("status").ShouldBe("completed");
        (await stdio.AnswerAsync("list_projects", new { })).Text("status").ShouldBe("completed");

        await deployment.DoAsync("session", "revoke", "acme", session.Id);

        (await Should.ThrowAsync<HttpRequestException>(() => http.AnswerAsync("list_projects", new { }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var refused = await stdio.AnswerAsync("list_projects", new { });
        refused.Text("status").ShouldBe("refused");
        refused.Text("code").ShouldBe("invalid_session");
        refused.Text("reason").ShouldContain("revoked");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    public async Task A_foreign_page_is_turned_away_even_with_a_good_key(string header, string value, HttpStatusCode expected)
    {
        var (status, body) = await PostAsync(Initialize, deployment.Agent.Key, (header, value));

        status.ShouldBe(expected);
        Plain.ShouldTellNothingOfTheInside(body);
    }

    [Theory]
    [MemberData(nameof(NoMessages))]
    public async Task What_is_no_message_is_refused_over_http_and_the_next_one_is_answered(string what, string sent)
    {
        var (status, body) = await PostAsync(sent, deployment.Agent.Key);

        // Either HTTP says so or the protocol does; an answer that is no error would be a message understood.
        (status == HttpStatusCode.BadRequest || body.Contains("\"error\"", StringComparison.Ordinal)).ShouldBeTrue($"{what}: {status} {body}");
        ((int)status).ShouldBeLessThan(500, what);
        Plain.ShouldTellNothingOfTheInside(body);
        (await PostAsync(Initialize, deployment.Agent.Key)).Body.ShouldContain("\"touchstage\"");
    }

    [Fact]
    public async Task What_is_no_message_is_survived_over_stdio_and_the_next_one_is_answered()
    {
        await using var server = deployment.ServeStdio(deployment.Agent.Key);
        using var reader = new StreamReader(new OverheardStream(server.Output, deployment.Transcript));
        foreach (var sent in NoMessages.Select(row => (string)row[1]))
        {
            await server.Input.WriteAsync(Encoding.Latin1.GetBytes(sent + "\n"));
        }

        await server.Input.WriteAsync(Encoding.UTF8.GetBytes(Initialize.Replace("\"id\":1", "\"id\":\"last\"", StringComparison.Ordinal) + "\n"));
        await server.Input.FlushAsync();

        using var patience = new CancellationTokenSource(Patience.ForAnEvent);
        while (true)
        {
            // Nothing but the protocol is ever written there.
            var line = await reader.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The server ended. It said:\n{server.Said}");
            var message = JsonElement.Parse(line);
            message.Text("jsonrpc").ShouldBe("2.0");
            Plain.ShouldTellNothingOfTheInside(line);
            if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() == "last")
            {
                message.GetProperty("result").GetProperty("serverInfo").Text("name").ShouldBe("touchstage");
                return;
            }

            message.TryGetProperty("error", out _).ShouldBeTrue(line);
        }
    }

    [Fact]
    public async Task An_unknown_or_foreign_approval_is_one_and_the_same_at_the_command_line()
    {
        var agent = await deployment.ConnectAsync("http 2026-07-28", deployment.Agent);
        var id = await agent.HeldAsync("invite_member", new { email = "foreign-at-the-shell@acme.example", role = "admin" });
        var stranger = await deployment.SessionAsync("globex", "approver", "kim@globex.example", "support");

        var foreign = await deployment.RunAsync(["approvals", "show", id], "", stranger.Key);
        var unknown = await deployment.RunAsync(["approvals", "show", "apr_00000000000000000000000000"], "", stranger.Key);
        var asAgent = await deployment.RunAsync(["approvals", "approve", id, "--revision", "1"], "", deployment.Agent.Key);

        foreign.ShouldEndWith(1, "unknown_approval");
        foreign.Error.ShouldBe(unknown.Error);
        asAgent.ShouldEndWith(1, "agent's");
        await deployment.LedgerShouldBeSoundAsync();
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string content, string? key, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(deployment.Server.Address, "/mcp"));
        request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(content));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await deployment.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

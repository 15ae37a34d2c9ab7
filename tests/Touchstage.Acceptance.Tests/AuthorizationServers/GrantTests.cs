using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Every grant and client authentication, from an agent's call to an API that holds the access token against the authorization server.</summary>
[Collection(ProviderCollection.Name)]
public sealed class GrantTests(OAuthDeployment deployment)
{
    [ProviderTheory]
    [InlineData("basic", "basic", "refund")]
    [InlineData("post", "post", "refund")]
    [InlineData("es256", "es256", "refund")]
    [InlineData("rs256", "rs256", "refund")]
    [InlineData("opaque", "basic", null)]
    [InlineData("exchange", "basic", "refund_exchange")]
    public async Task A_call_reaches_the_api_with_a_token_of_the_authorization_server(string connection, string client, string? scope)
    {
        var party = await deployment.ConnectAsync(deployment.Server);

        var answer = await party.AnswerAsync("refund_" + connection, new { id = "p1" });

        answer.Text("status").ShouldBe("completed", answer.GetRawText() + JsonSerializer.Serialize(await deployment.Provider.ReportAsync()));
        (await deployment.Provider.ReportAsync()).Calls.ShouldContain(call => call.GetProperty("status").GetInt32() == 200 && call.Text("client") == client && call.GetProperty("scope").GetString() == scope);
    }

    [ProviderFact]
    public async Task An_exchanged_token_is_the_steps_own()
    {
        var party = await deployment.ConnectAsync(deployment.Server);
        var steps = new List<string>();
        foreach (var id in (string[])["p2", "p3"])
        {
            var answer = await party.AnswerAsync("refund_exchange", new { id });
            answer.Text("status").ShouldBe("completed", answer.GetRawText());
            steps.Add(answer.Text("step"));
        }

        steps.Distinct().Count().ShouldBe(2);
        var calls = (await deployment.Provider.ReportAsync()).Calls.Where(call => call.GetProperty("status").GetInt32() == 200 && steps.Contains(call.GetProperty("txn").GetString() ?? ""));
        calls.Select(call => (call.Text("txn"), call.Text("tenant"))).ShouldBe(steps.Select(step => (step, "acme")));
    }

    [ProviderFact]
    public async Task A_person_consents_once_and_calls_complete_from_then_on()
    {
        var party = await deployment.ConnectAsync(deployment.Server);
        var refused = await party.AnswerAsync("refund_person", new { id = "p1" });
        refused.Text("code").ShouldBe("connection_not_authorized", refused.GetRawText());
        refused.GetRawText().ShouldContain("touchstage connection authorize");

        var authorized = await deployment.ConsentAsync();

        authorized.ExitCode.ShouldBe(0, authorized.Error);
        authorized.Output.ShouldContain("is authorized");
        (await party.AnswerAsync("refund_person", new { id = "p1" })).Text("status").ShouldBe("completed");
        (await deployment.Provider.ReportAsync()).Calls.Last(call => call.GetProperty("status").GetInt32() == 200).Text("sub").ShouldBe("pat");
        var list = JsonElement.Parse(await deployment.DoAsync("connection", "list", "acme", "--json")).EnumerateArray().Single(connection => connection.Text("name") == "person");
        list.GetProperty("is_authorized").GetBoolean().ShouldBeTrue();
        list.GetProperty("access_token_expires_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);

        await deployment.DoAsync("connection", "forget", "acme", "person");

        (await party.AnswerAsync("refund_person", new { id = "p2" })).Text("code").ShouldBe("connection_not_authorized");
        var kinds = (await deployment.LedgerAsync("acme")).Select(entry => entry.Text("kind")).Where(kind => kind.StartsWith("connection.", StringComparison.Ordinal));
        kinds.ShouldBe(["connection.authorized", "connection.forgotten"]);
    }

    [ProviderFact]
    public async Task When_another_key_signs_the_api_takes_the_next_token_as_well()
    {
        var party = await deployment.ConnectAsync(deployment.Server);
        await deployment.Provider.SetAsync(new { kid = "two" });

        (await party.AnswerAsync("refund_exchange", new { id = "p4" })).Text("status").ShouldBe("completed");

        await deployment.Provider.SetAsync(new { kid = "one" });
        (await deployment.Provider.ReportAsync()).Calls.ShouldContain(call => call.GetProperty("status").GetInt32() == 200 && call.GetProperty("kid").GetString() == "two");
    }

    [ProviderFact]
    public async Task While_the_authorization_server_is_down_nothing_is_sent_and_afterwards_it_works()
    {
        var party = await deployment.ConnectAsync(deployment.Server);
        var before = (await deployment.Provider.ReportAsync()).Calls.Count;
        await deployment.Provider.SetAsync(new { down = true });

        var answer = await party.AnswerAsync("refund_exchange", new { id = "p6" });

        await deployment.Provider.SetAsync(new { down = false });
        answer.GetRawText().ShouldContain("The authorization server of this connection gave no access token");
        answer.Text("status").ShouldBe("failed", answer.GetRawText());
        (await deployment.Provider.ReportAsync()).Calls.Count.ShouldBe(before);
        (await party.AnswerAsync("refund_exchange", new { id = "p6" })).Text("status").ShouldBe("completed");
    }
}

using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Clients of another maker that are given an address and nothing else: from the first 401 to a call that a person decided.</summary>
[Collection(ResourceCollection.Name)]
public sealed class AuthorizedClientTests(ResourceDeployment deployment)
{
    [ResourceTheory]
    [InlineData("v1", "legacy")]
    [InlineData("v2", "legacy")]
    [InlineData("v2", "auto")]
    public async Task From_an_address_alone_a_client_comes_to_a_decided_call(string client, string era)
    {
        var report = await deployment.GoAsync(client, era);

        var seen = report.GetProperty("seen").EnumerateArray().Select(one => $"{one.Text("method")} {one.Text("path")} {one.GetProperty("status").GetInt32()}").ToList();
        seen[0].ShouldBe("POST /mcp 401");
        report.GetProperty("seen")[0].Text("challenge").ShouldContain("resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"");
        seen[1].ShouldBe("GET /.well-known/oauth-protected-resource/mcp 200");
        var asked = report.GetProperty("asked");
        (asked.Text("response_type"), asked.Text("code_challenge_method"), asked.Text("resource")).ShouldBe(("code", "S256", ResourceDeployment.Resource));
        ScopesOf(asked).ShouldBe(["touchstage:agent"]);
        report.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()).ShouldContain("invite_member");
        report.GetProperty("held").Text("status").ShouldBe("pending_approval");
        report.GetProperty("renewed").GetBoolean().ShouldBeTrue();
        report.GetProperty("again").Text("status").ShouldBe("pending_approval");
        report.GetProperty("sameSession").GetBoolean().ShouldBeTrue();
        ScopesOf(report.GetProperty("approverAsked")).ShouldBe(["touchstage:approver"]);
        report.GetProperty("approverTools").GetInt32().ShouldBe(0);
        report.GetProperty("prompts").EnumerateArray().Select(prompt => prompt.GetString()).ShouldBe(["approve", "modify", "reject", "review", "review_queue"]);
        report.Text("approved").ShouldStartWith("Recorded: you said yes");
        report.GetProperty("settled").Text("status").ShouldBe("succeeded");
        await deployment.LedgerShouldBeSoundAsync();
    }

    [ResourceFact]
    public async Task A_session_of_tokens_is_listed_revoked_and_readmitted_on_the_command_line()
    {
        var (tokens, _) = await deployment.TokensAsync(deployment.OfGlobex, ("gil", "touchstage:agent", ResourceDeployment.Resource));
        (await StatusAsync(tokens[0])).ShouldBe(200);
        var session = JsonElement.Parse(await deployment.DoAsync("session", "list", "globex", "--json")).EnumerateArray()
            .Single(one => one.Text("issuer") == ResourceDeployment.Name(deployment.OfGlobex) && one.GetProperty("revoked_at").ValueKind is JsonValueKind.Null);
        (session.Text("subject"), session.Text("person"), session.Text("kind")).ShouldBe(("gil", "gil@globex.example", "agent"));

        await deployment.DoAsync("session", "revoke", "globex", session.Text("id"));
        (await StatusAsync(tokens[0])).ShouldBe(401);

        await deployment.DoAsync("session", "readmit", "globex", session.Text("id"));
        (await StatusAsync(tokens[0])).ShouldBe(200);
        await deployment.LedgerShouldBeSoundAsync();
    }

    // Some clients ask for a refresh token in words, too.
    private static IEnumerable<string> ScopesOf(JsonElement asked) => asked.Text("scope").Split(' ').Where(scope => scope != "offline_access");

    private async Task<int> StatusAsync(string token)
    {
        await using var wire = new ResourceWire(deployment, token);
        return (int)(await wire.InitializeAsync()).Status;
    }
}

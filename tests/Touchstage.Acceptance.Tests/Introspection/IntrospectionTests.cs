using System.Net;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Introspection;

/// <summary>An API asks about the very token that came with the request which it is holding, through the real executable.</summary>
public sealed class IntrospectionTests(IntrospectionDeployment deployment) : IClassFixture<IntrospectionDeployment>
{
    private const string Nothing = """{"active":false}""";

    [Fact]
    public async Task A_token_is_active_for_its_own_api_while_the_request_is_held_and_for_nobody_afterwards()
    {
        var own = await deployment.ClientAsync("acme", "bank");
        (string, string)[] strangers = [await deployment.ClientAsync("acme", "till"), await deployment.ClientAsync("globex", "bank"), await deployment.ClientAsync("globex", "till")];
        var revoked = await deployment.ClientAsync("acme", "bank");
        await deployment.DoAsync("introspection", "revoke", revoked.Id);
        var (server, other) = (await deployment.ServeAsync(), await deployment.ServeAsync());
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        var call = agent.AnswerAsync("pay_out", new { amount = 5 });
        var request = await deployment.Api.NextAsync();
        var token = BearerOf(request);

        // Any server on the same store knows: the one that sent it, and the other.
        foreach (var asked in new[] { server, other })
        {
            var (status, body) = await deployment.AskAsync(asked, own, token);
            status.ShouldBe(HttpStatusCode.OK);
            ShouldBeOfThisStep(JsonElement.Parse(body));
        }

        foreach (var stranger in strangers)
        {
            (await deployment.AskAsync(server, stranger, token)).ShouldBe((HttpStatusCode.OK, Nothing));
        }

        (await deployment.AskAsync(server, revoked, token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await deployment.AskAsync(server, own with { Secret = own.Secret[..^1] }, token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await deployment.AskAsync(server, own, token[..^2])).ShouldBe((HttpStatusCode.OK, Nothing));

        await request.AnswerAsync("{}");
        (await call).Text("status").ShouldBe("completed");
        (await deployment.AskAsync(server, own, token)).ShouldBe((HttpStatusCode.OK, Nothing));
        (await deployment.AskAsync(other, own, token)).ShouldBe((HttpStatusCode.OK, Nothing));
        await deployment.LedgerShouldBeSoundAsync();
    }

    private static void ShouldBeOfThisStep(JsonElement answer)
    {
        answer.GetProperty("active").GetBoolean().ShouldBeTrue();
        answer.Text("token_type").ShouldBe("Bearer");
        (answer.Text("iss"), answer.Text("aud"), answer.Text("scope")).ShouldBe(("touchstage", "https://bank.example", "pay_out"));
        answer.Text("sub").ShouldBe("acme/touchstage/helper");
        answer.Text("txn").ShouldStartWith("stp_");
        answer.Text("jti").ShouldStartWith("jti_");
        answer.GetProperty("exp").GetInt64().ShouldBe(answer.GetProperty("iat").GetInt64() + 25);
        answer.GetProperty("rctx").Text("client").ShouldBe("acceptance");
        var step = answer.GetProperty("tctx");
        (step.Text("tenant"), step.Text("connection"), step.Text("capability"), step.Text("htm")).ShouldBe(("acme", "bank", "pay_out", "POST"));
        step.Text("htu").ShouldEndWith("/v1/payouts");
    }

    private static string BearerOf(HeldRequest request)
    {
        const string Header = "Authorization: Bearer ";
        return request.Text.Split("\r\n").Single(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase))[Header.Length..];
    }
}

using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Apache httpd with mod_auth_openidc lets a step token of the right capability delete the very file that it was made for, and no other token anything.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ApacheTests(ApacheDeployment deployment) : IClassFixture<ApacheDeployment>
{
    private const string Type = "touchstage-step+jwt";

    private static readonly HttpClient Http = new();

    [VerifierFact("apache")]
    public async Task A_file_is_deleted_by_the_capability_that_may_and_by_no_other()
    {
        var server = await deployment.ServeAsync();
        await using var keys = await PublishedKeys.StartAsync(() => Http.GetStringAsync(new Uri(server.Address, "/.well-known/jwks.json")));
        await using var apache = await ApacheServer.StartAsync(keys, "touchstage", ApacheDeployment.Audience);
        await deployment.ApplyAsync(apache.Address);
        await using var agent = await Party.OverHttpAsync(deployment, server, (await deployment.SessionAsync("acme", "agent", "helper")).Key);
        var (mine, other) = (apache.Put("mine.txt"), apache.Put("other.txt"));

        var refused = await agent.AnswerAsync("archive_file", new { name = "mine.txt" });
        (refused.Text("status"), refused.Text("code")).ShouldBe(("failed", "upstream_refused"), apache.Said);
        File.Exists(mine).ShouldBeTrue();

        var deleted = await agent.AnswerAsync("delete_file", new { name = "mine.txt" });
        deleted.Text("status").ShouldBe("completed", apache.Said);
        File.Exists(mine).ShouldBeFalse();
        File.Exists(other).ShouldBeTrue();
        apache.Said.ShouldNotContain("eyJ");
    }

    [VerifierFact("apache")]
    public async Task Nobody_else_deletes_anything()
    {
        using var forger = new Forger();
        await using var keys = await PublishedKeys.StartAsync(() => Task.FromResult(forger.Jwks));
        await using var apache = await ApacheServer.StartAsync(keys, Forger.Issuer, Forger.Audience);
        var file = apache.Put("mine.txt");
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["no token"] = "",
            ["another capability"] = Token(claims => claims["scope"] = "archive_file"),
            ["another audience"] = Token(claims => claims["aud"] = "https://other.example"),
            ["another issuer"] = Token(claims => claims["iss"] = "somebody"),
            ["another tenant"] = Token(claims => claims["tctx"]!["tenant"] = "globex"),
            ["another method"] = Token(claims => claims["tctx"]!["htm"] = "GET"),
            ["another file"] = Token(claims => claims["tctx"]!["htu"] = new Uri(apache.Address, "/files/other.txt").ToString()),
            ["the folder"] = Token(claims => claims["tctx"]!["htu"] = new Uri(apache.Address, "/files/").ToString()),
            ["another host"] = Token(claims => claims["tctx"]!["htu"] = "http://other.example/files/mine.txt"),
            ["expired"] = Token(claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 60),
            ["an unknown key"] = Token(jose: header => header["kid"] = "key-2"),
            ["somebody else's signature"] = Forger.SignWithAnother(Claims(), Type),
            ["no signature"] = Forger.Unsigned(Claims(), Type),
            ["the public key for a secret"] = forger.Hmac(Claims(), Type),
            ["a changed claim"] = Forger.Changed(Token()),
        };

        var passed = new List<string>();
        foreach (var (name, token) in tokens)
        {
            var status = await DeleteAsync(token);
            if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) || !File.Exists(file))
            {
                passed.Add($"{name}: {status}");
            }
        }

        passed.ShouldBeEmpty(apache.Said);
        (await DeleteAsync(Token())).ShouldBe(HttpStatusCode.NoContent, apache.Said);
        File.Exists(file).ShouldBeFalse();

        JsonObject Claims() => forger.Claims("delete_file", "DELETE", new Uri(apache.Address, "/files/mine.txt").ToString(), []);

        string Token(Action<JsonObject>? change = null, Action<JsonObject>? jose = null)
        {
            var claims = Claims();
            change?.Invoke(claims);
            return forger.Sign(claims, Type, jose);
        }

        async Task<HttpStatusCode> DeleteAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(apache.Address, "/files/mine.txt"));
            if (token.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            }

            using var answer = await Http.SendAsync(request);
            return answer.StatusCode;
        }
    }
}

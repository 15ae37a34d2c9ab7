using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Behind nginx an API sees the very request that a step token was made for, once, and nothing else.</summary>
public sealed class NginxTests(NginxDeployment deployment) : IClassFixture<NginxDeployment>
{
    private const string Type = "txntoken+jwt";
    private const string Target = "/accounts/acme/files/mine.txt";

    [VerifierFact("nginx")]
    public async Task An_api_is_reached_by_the_capability_that_may_and_by_no_other()
    {
        var server = await deployment.ServeAsync();
        await using var nginx = await NginxServer.StartAsync(new Uri(server.Address, "/.well-known/jwks.json").ToString(), "", "touchstage", NginxDeployment.Audience);
        await deployment.ApplyAsync(nginx.Address);
        await using var agent = await Party.OverHttpAsync(deployment, server, (await deployment.SessionAsync("acme", "agent", "helper")).Key);

        var refused = await agent.AnswerAsync("archive_file", new { name = "mine.txt" });
        (refused.Text("status"), refused.Text("code")).ShouldBe(("failed", "upstream_refused"), nginx.Said);
        nginx.Reached.ShouldBeEmpty();

        var deleted = await agent.AnswerAsync("delete_file", new { name = "mine.txt" });
        deleted.Text("status").ShouldBe("completed", nginx.Said);
        nginx.Reached.ShouldBe([$"DELETE {Target}"]);
        nginx.Said.ShouldNotContain("eyJ");
    }

    [VerifierFact("nginx")]
    public async Task Nothing_else_gets_through()
    {
        using var forger = new Forger();
        await using var keys = await PublishedKeys.StartAsync(() => Task.FromResult(forger.Jwks));
        var trusted = Path.Combine(deployment.Folder, "ca.pem");
        await File.WriteAllTextAsync(trusted, keys.CertificatePem);
        await using var nginx = await NginxServer.StartAsync(keys.Address, trusted, Forger.Issuer, Forger.Audience);
        var spent = Token();
        (await SendAsync(spent)).ShouldBe(200, nginx.Said);
        var refused = new Dictionary<string, Task<int>>(StringComparer.Ordinal)
        {
            ["replayed"] = SendAsync(spent),
            ["no token"] = SendAsync(""),
            ["two tokens"] = SendAsync(Token(), more: $"Txn-Token: {Token()}\r\n"),
            ["another capability"] = SendAsync(Token(claims => claims["scope"] = "archive_file")),
            ["a scope of the sender's"] = SendAsync(Token(claims => claims["scope"] = "archive_file"), more: "X-Step-Scope: archive_file\r\n"),
            ["another audience"] = SendAsync(Token(claims => claims["aud"] = "https://other.example")),
            ["another tenant"] = SendAsync(Token(claims => claims["tctx"]!["tenant"] = "globex")),
            ["another tenant's account"] = SendAsync(Token(), target: "/accounts/globex/files/mine.txt"),
            ["a way around into another account"] = SendAsync(Token(target: "/accounts/acme/files/../../globex/files/mine.txt"), target: "/accounts/acme/files/../../globex/files/mine.txt"),
            ["another method"] = SendAsync(Token(), method: "PUT"),
            ["a token for another method"] = SendAsync(Token(claims => claims["tctx"]!["htm"] = "PUT")),
            ["a method that the capability never has"] = SendAsync(Token(claims => claims["tctx"]!["htm"] = "PUT"), method: "PUT"),
            ["another file"] = SendAsync(Token(), target: "/accounts/acme/files/other.txt"),
            ["another spelling of the file"] = SendAsync(Token(), target: "/accounts/acme/files/%6Dine.txt"),
            ["another query"] = SendAsync(Token(), target: Target + "?all=true"),
            ["a target of the sender's"] = SendAsync(Token(), target: "/accounts/acme/files/other.txt", more: $"X-Step-Target: {Target}\r\n"),
            ["a token for content"] = SendAsync(forger.Sign(forger.Claims("delete_file", "DELETE", PublicUrl() + Target, "all"u8.ToArray()), Type), more: "Content-Length: 3\r\n", body: "all"),
            ["an uncovered header"] = SendAsync(Token(), more: "Content-Type: text/plain\r\n"),
            ["somebody else's signature"] = SendAsync(Forger.SignWithAnother(Claims(Target), Type)),
            ["no signature"] = SendAsync(Forger.Unsigned(Claims(Target), Type)),
            ["the public key for a secret"] = SendAsync(forger.Hmac(Claims(Target), Type)),
        };

        var passed = new List<string>();
        foreach (var (name, answer) in refused)
        {
            var status = await answer;
            if (status is not (401 or 405))
            {
                passed.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {status}"));
            }
        }

        passed.ShouldBeEmpty(nginx.Said);
        nginx.Reached.ShouldBe([$"DELETE {Target}"]);
        (await SendAsync(Token(), target: "/_step_token")).ShouldBe(404, "Nobody asks the verifier but nginx.");

        // Content that somebody adds on the way is nothing that the token was made for: the API does not see it.
        (await SendAsync(Token(), more: "Content-Length: 3\r\n", body: "all")).ShouldBe(200, nginx.Said);
        (await SendAsync(Token(), more: "Transfer-Encoding: chunked\r\n", body: "3\r\nall\r\n0\r\n\r\n")).ShouldBe(200, nginx.Said);
        nginx.ReachedWhole.Count.ShouldBe(3);
        nginx.ReachedWhole.ShouldAllBe(request => request.EndsWith("\r\n\r\n", StringComparison.Ordinal) && !request.Contains("content-length", StringComparison.OrdinalIgnoreCase) && !request.Contains("transfer-encoding", StringComparison.OrdinalIgnoreCase));

        string PublicUrl() => nginx.Address.GetLeftPart(UriPartial.Authority);

        JsonObject Claims(string target) => forger.Claims("delete_file", "DELETE", PublicUrl() + target, []);

        string Token(Action<JsonObject>? change = null, string target = Target)
        {
            var claims = Claims(target);
            change?.Invoke(claims);
            return forger.Sign(claims, Type);
        }

        // Byte for byte: no client here tidies a path up.
        Task<int> SendAsync(string token, string target = Target, string method = "DELETE", string more = "", string body = "") => nginx.SendAsync(
            $"{method} {target} HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n{(token.Length > 0 ? $"Txn-Token: {token}\r\n" : "")}{more}\r\n{body}");
    }
}

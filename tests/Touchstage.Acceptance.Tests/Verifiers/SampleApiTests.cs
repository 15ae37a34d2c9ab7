using System.Net;
using System.Text.Json.Nodes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>APIs in other languages, with JWT libraries of other makers, do what a step token allows and nothing else.</summary>
public sealed class SampleApiTests
{
    [VerifierFact("node")]
    public Task A_node_api_with_jose_runs_what_was_allowed_once_and_refuses_everything_else() => PlayAsync("node");

    [VerifierFact("python")]
    public Task A_python_api_with_pyjwt_runs_what_was_allowed_once_and_refuses_everything_else() => PlayAsync("python");

    private static async Task PlayAsync(string verifier)
    {
        await using var api = await SampleApi.StartAsync(verifier);
        var token = api.Token();
        var first = await api.SendAsync(token);
        first.Status.ShouldBe(HttpStatusCode.Created, api.Said);
        JsonNode.Parse(first.Body)!["refunded"]!.GetValue<string>().ShouldBe("acme");
        var refused = new Dictionary<string, Func<Task<(HttpStatusCode Status, string Body)>>>(StringComparer.Ordinal)
        {
            ["issued before the start"] = () => api.SendAsync(api.Token(claims => (claims["iat"], claims["exp"]) = (Seconds(claims, "iat") - 28, Seconds(claims, "iat") + 6))),
            ["replayed"] = () => api.SendAsync(token),
            ["no token"] = () => api.SendAsync("", header: "X-Nothing"),
            ["two tokens"] = () => api.SendAsync(api.Token(), more: ("Txn-Token", api.Token())),
            ["in the other header"] = () => api.SendAsync("Bearer " + api.Token(), header: "Authorization"),
            ["a scope of another capability"] = () => api.SendAsync(api.Token(claims => claims["tctx"]!["capability"] = "get_payment")),
            ["an uncovered coding"] = () => api.SendAsync(api.Token(), more: ("Content-Encoding", "gzip")),
            ["another capability"] = () => api.SendAsync(api.Token(claims => claims["scope"] = "get_payment")),
            ["another audience"] = () => api.SendAsync(api.Token(claims => claims["aud"] = "https://other.example")),
            ["several audiences"] = () => api.SendAsync(api.Token(claims => claims["aud"] = new JsonArray(Forger.Audience, "https://other.example"))),
            ["another issuer"] = () => api.SendAsync(api.Token(claims => claims["iss"] = "somebody")),
            ["expired"] = () => api.SendAsync(api.Token(claims => (claims["iat"], claims["exp"]) = (Seconds(claims, "iat") - 60, Seconds(claims, "exp") - 60))),
            ["from the future"] = () => api.SendAsync(api.Token(claims => (claims["iat"], claims["exp"]) = (Seconds(claims, "iat") + 60, Seconds(claims, "exp") + 60))),
            ["long-lived"] = () => api.SendAsync(api.Token(claims => claims["exp"] = Seconds(claims, "iat") + 3_600)),
            ["without an end"] = () => api.SendAsync(api.Token(claims => claims.Remove("exp"))),
            ["another tenant"] = () => api.SendAsync(api.Token(claims => claims["tctx"]!["tenant"] = "globex")),
            ["another tenant's subject"] = () => api.SendAsync(api.Token(claims => claims["sub"] = "globex/local/helper")),
            ["another tenant's account"] = () => api.SendAsync(api.Token(), key: "globex-key-canary"),
            ["no account"] = () => api.SendAsync(api.Token(), key: "nobody"),
            ["another method"] = () => api.SendAsync(api.Token(claims => claims["tctx"]!["htm"] = "PUT")),
            ["another query"] = () => api.SendAsync(api.Token(), target: "/v1/refunds?all=true"),
            ["another path"] = () => api.SendAsync(api.Token(), target: "/v1/payouts"),
            ["another host"] = () => api.SendAsync(api.Token(claims => claims["tctx"]!["htu"] = "https://other.example/v1/refunds"), more: ("X-Forwarded-Host", "other.example")),
            ["another body"] = () => api.SendAsync(api.Token(), body: """{"amount":21}"""),
            ["no body"] = () => api.SendAsync(api.Token(), body: ""),
            ["another header value"] = () => api.SendAsync(api.Token(), idempotencyKey: "stp_2"),
            ["a covered header twice"] = () => api.SendAsync(api.Token(), more: ("Idempotency-Key", "stp_1")),
            ["an uncovered header"] = () => api.SendAsync(api.Forger.Sign(api.Forger.Claims("refund_user", "POST", "https://api.example/v1/refunds", """{"amount":20}"""u8.ToArray(), ("content-type", "application/json")), "txntoken+jwt")),
            ["the bearer's type"] = () => api.SendAsync(api.Token(type: "touchstage-step+jwt")),
            ["a vote's type"] = () => api.SendAsync(api.Token(type: "touchstage-vote+jwt")),
            ["an unknown key"] = () => api.SendAsync(api.Token(jose: header => header["kid"] = "key-2")),
            ["a header more"] = () => api.SendAsync(api.Token(jose: header => header["jku"] = "https://other.example/jwks.json")),
            ["a critical header"] = () => api.SendAsync(api.Token(jose: header => (header["crit"], header["b64"]) = (new JsonArray("b64"), true))),
            ["somebody else's signature"] = () => api.SendAsync(Forger.SignWithAnother(api.Claims(), "txntoken+jwt")),
            ["no signature"] = () => api.SendAsync(Forger.Unsigned(api.Claims(), "txntoken+jwt")),
            ["the public key for a secret"] = () => api.SendAsync(api.Forger.Hmac(api.Claims(), "txntoken+jwt")),
            ["a changed claim"] = () => api.SendAsync(Forger.Changed(api.Token())),
        };

        var passed = new List<string>();
        foreach (var (name, send) in refused)
        {
            var (status, body) = await send();
            if (status is not HttpStatusCode.Unauthorized || JsonNode.Parse(body)!["code"]!.GetValue<string>() != "invalid_token")
            {
                passed.Add($"{name}: {status} {body}");
            }
        }

        passed.ShouldBeEmpty(api.Said);
        api.Said.ShouldNotContain("eyJ");
        (await api.SendAsync(api.Token())).Status.ShouldBe(HttpStatusCode.Created, api.Said);
    }

    private static long Seconds(JsonObject claims, string name) => claims[name]!.GetValue<long>();
}

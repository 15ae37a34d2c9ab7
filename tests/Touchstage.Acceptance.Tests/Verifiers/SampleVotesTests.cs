using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.Acceptance.Tests.Verifiers;

/// <summary>Where people approved, the samples hold each vote to the request, as the kit does.</summary>
public sealed class SampleVotesTests
{
    private const string VoteType = "touchstage-vote+jwt";
    private const string Digest = "sha256:0f0e0d0c0b0a09080706050403020100f0e0d0c0b0a090807060504030201000";

    [VerifierFact("node")]
    public Task A_node_api_counts_the_votes() => PlayAsync("node");

    [VerifierFact("python")]
    public Task A_python_api_counts_the_votes() => PlayAsync("python");

    private static async Task PlayAsync(string verifier)
    {
        await using var api = await SampleApi.StartAsync(verifier);
        var forger = api.Forger;
        (await api.SendAsync(Approved(["sam"]))).Status.ShouldBe(HttpStatusCode.Created, api.Said);
        (await api.SendAsync(Approved(["sam", "ada"]))).Status.ShouldBe(HttpStatusCode.Created, api.Said);
        var refused = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["nobody"] = Approved([]),
            ["no statement"] = Approved(["sam"], approval: approval => approval["statements"] = new JsonArray()),
            ["no approval at all"] = api.Token(claims => claims["tctx"]!["approval"] = null),
            ["somebody more"] = Approved(["sam"], approval: approval => approval["approved_by"] = new JsonArray("acme/local/sam", "acme/local/ada")),
            ["somebody less"] = Approved(["sam", "ada"], approval: approval => approval["approved_by"] = new JsonArray("acme/local/sam")),
            ["somebody else"] = Approved(["sam"], approval: approval => approval["approved_by"] = new JsonArray("acme/local/ada")),
            ["one person twice"] = Approved(["sam", "sam"]),
            ["one person's two votes for one"] = Approved(["sam", "sam"], approval: approval => approval["approved_by"] = new JsonArray("acme/local/sam")),
            ["the requester"] = Approved(["helper"]),
            ["a person of another tenant"] = Approved(["sam"], vote => vote["sub"] = "globex/local/sam", approval => approval["approved_by"] = new JsonArray("globex/local/sam")),
            ["a no"] = Approved(["sam"], vote => vote["decision"] = "reject"),
            ["another issuer"] = Approved(["sam"], vote => vote["iss"] = "somebody"),
            ["another tenant"] = Approved(["sam"], vote => vote["tenant"] = "globex"),
            ["another approval"] = Approved(["sam"], vote => vote["approval"] = "apr_2"),
            ["another revision"] = Approved(["sam"], vote => vote["revision"] = 2),
            ["other things shown"] = Approved(["sam"], vote => vote["revision_digest"] = Digest.Replace('f', 'e')),
            ["another request"] = Approved(["sam"], vote => vote["request_digest"] = Digest),
            ["after the token"] = Approved(["sam"], vote => vote["iat"] = vote["iat"]!.GetValue<long>() + 60),
            ["without a time"] = Approved(["sam"], vote => vote.Remove("iat")),
            ["another type"] = Approved(["sam"], sign: vote => forger.Sign(vote, "txntoken+jwt")),
            ["somebody else's signature"] = Approved(["sam"], sign: vote => Forger.SignWithAnother(vote, VoteType)),
            ["no signature"] = Approved(["sam"], sign: vote => Forger.Unsigned(vote, VoteType)),
            ["the public key for a secret"] = Approved(["sam"], sign: vote => forger.Hmac(vote, VoteType)),
        };

        var passed = new List<string>();
        foreach (var (name, token) in refused)
        {
            if ((await api.SendAsync(token)).Status != HttpStatusCode.Unauthorized)
            {
                passed.Add(name);
            }
        }

        passed.ShouldBeEmpty(api.Said);
        api.Said.ShouldNotContain("eyJ");

        string Approved(string[] people, Action<JsonObject>? vote = null, Action<JsonObject>? approval = null, Func<JsonObject, string>? sign = null)
        {
            var claims = api.Claims();
            var statements = people.Select(person => (sign ?? (signed => forger.Sign(signed, VoteType)))(Vote(claims, person, vote)));
            var decided = new JsonObject
            {
                ["id"] = "apr_1",
                ["revision"] = 1,
                ["digest"] = Digest,
                ["approved_by"] = new JsonArray([.. people.Select(person => JsonValue.Create($"acme/local/{person}"))]),
                ["statements"] = new JsonArray([.. statements.Select(statement => JsonValue.Create(statement))]),
            };
            approval?.Invoke(decided);
            claims["tctx"]!["approval"] = decided;
            return forger.Sign(claims, "txntoken+jwt");
        }
    }

    private static JsonObject Vote(JsonObject claims, string person, Action<JsonObject>? change)
    {
        var tctx = claims["tctx"]!;
        var request = SHA256.HashData(Encoding.UTF8.GetBytes($"{tctx["htm"]}\n{tctx["htu"]}\n{tctx["body_digest"]}"));
        var vote = new JsonObject
        {
            ["approval"] = "apr_1",
            ["iss"] = Forger.Issuer,
            ["iat"] = claims["iat"]!.GetValue<long>(),
            ["tenant"] = "acme",
            ["revision"] = 1,
            ["revision_digest"] = Digest,
            ["request_digest"] = $"sha256:{Convert.ToHexStringLower(request)}",
            ["sub"] = $"acme/local/{person}",
            ["decision"] = "approve",
            ["channel"] = "inbox",
        };
        change?.Invoke(vote);
        return vote;
    }
}

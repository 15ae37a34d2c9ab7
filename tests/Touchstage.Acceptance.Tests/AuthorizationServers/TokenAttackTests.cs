using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Tokens that a real authorization server gave, used for what they are not for.</summary>
[Collection(ResourceCollection.Name)]
public sealed class TokenAttackTests(ResourceDeployment deployment)
{
    private const string Agent = "touchstage:agent";
    private const string Approver = "touchstage:approver";

    [ResourceFact]
    public async Task A_token_of_another_purpose_opens_nothing()
    {
        var (own, _) = await deployment.TokensAsync(
            deployment.Issuer, ("sam", Agent, ResourceDeployment.Other), ("nobody", Agent, ResourceDeployment.Resource), ("olga", $"{Agent} {Approver}", ResourceDeployment.Resource), ("olga", "openid", ResourceDeployment.Resource));
        var (stranger, _) = await deployment.TokensAsync(deployment.Stranger, ("sam", Agent, ResourceDeployment.Resource));
        var (late, _) = await deployment.TokensAsync(deployment.Late, ("sam", Agent, ResourceDeployment.Resource));
        var (ofGlobex, _) = await deployment.TokensAsync(deployment.OfGlobex, ("sam", Agent, ResourceDeployment.Resource));

        foreach (var (token, status, said) in new[]
        {
            (own[0], HttpStatusCode.Unauthorized, "for another server"),
            (own[1], HttpStatusCode.Unauthorized, "names no tenant here"),
            (own[2], HttpStatusCode.Unauthorized, "at once"),
            (own[3], HttpStatusCode.Forbidden, "error=\"insufficient_scope\""),
            (stranger[0], HttpStatusCode.Unauthorized, "not configured"),
            (late[0], HttpStatusCode.Unauthorized, "expired"),
            (ofGlobex[0], HttpStatusCode.Unauthorized, "that this issuer vouches for"),
        })
        {
            await using var wire = new ResourceWire(deployment, token);
            var answer = await wire.InitializeAsync();
            (answer.Status, answer.Session).ShouldBe((status, null), said);
            answer.Challenge.ShouldContain(said);
        }
    }

    [ResourceFact]
    public async Task A_token_that_was_rewritten_opens_nothing()
    {
        var (tokens, keys) = await deployment.TokensAsync(deployment.Issuer, ("sam", Agent, ResourceDeployment.Resource));
        var parts = tokens[0].Split('.');
        var published = keys.GetProperty("keys")[0];
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(published.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(published.GetProperty("y").GetString()) },
        });

        foreach (var token in new[]
        {
            $"{Header("none")}.{parts[1]}.",
            $"{Header("none")}.{parts[1]}.{parts[2]}",
            Hmac(key.ExportSubjectPublicKeyInfo()),
            Hmac(Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem())),
            Hmac(Encoding.UTF8.GetBytes(published.GetRawText())),
            $"{parts[0]}.{Claims(claims => claims["tenant"] = "globex")}.{parts[2]}",
            $"{parts[0]}.{Claims(claims => claims["scope"] = Approver)}.{parts[2]}",
            $"{parts[0]}.{Claims(claims => claims["exp"] = 4_000_000_000)}.{parts[2]}",
        })
        {
            await using var wire = new ResourceWire(deployment, token);
            var answer = await wire.InitializeAsync();
            (answer.Status, answer.Session).ShouldBe((HttpStatusCode.Unauthorized, null));
            answer.Challenge.ShouldContain("error=\"invalid_token\"");
        }

        await using var good = new ResourceWire(deployment, tokens[0]);
        (await good.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        string Claims(Action<JsonObject> change)
        {
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
            change(claims);
            return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        }

        string Hmac(byte[] secret)
        {
            var signed = $"{Header("HS256")}.{parts[1]}";
            return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
        }
    }

    [ResourceFact]
    public async Task A_session_of_one_goes_on_under_no_other_token()
    {
        var (tokens, _) = await deployment.TokensAsync(
            deployment.Issuer, ("olga", Agent, ResourceDeployment.Resource), ("olga", Approver, ResourceDeployment.Resource), ("gil", Agent, ResourceDeployment.Resource), ("sam", Agent, ResourceDeployment.Resource));
        await using var agent = new ResourceWire(deployment, tokens[0]);
        await using var approver = new ResourceWire(deployment, tokens[1]);
        var acting = (await agent.InitializeAsync()).Session.ShouldNotBeNull();
        var deciding = (await approver.InitializeAsync("?kind=approver")).Session.ShouldNotBeNull();

        (await agent.CallAsync(acting, "tools/list")).Body.ShouldContain("refund_user");
        (await agent.CallAsync(acting, "prompts/list")).Body.ShouldNotContain("approve", customMessage: "a scope that was not asked for is not had, whatever roles there are");
        (await approver.CallAsync(deciding, "prompts/list")).Body.ShouldContain("approve");
        foreach (var (token, session) in new[] { (tokens[1], acting), (tokens[0], deciding), (tokens[2], acting), (tokens[3], acting), (tokens[2], deciding) })
        {
            await using var other = new ResourceWire(deployment, token);
            (await other.CallAsync(session, "tools/list")).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [ResourceFact]
    public async Task A_token_in_the_address_is_refused_and_not_written_to_the_log()
    {
        var (tokens, _) = await deployment.TokensAsync(deployment.Issuer, ("sam", Agent, ResourceDeployment.Resource));
        await using var nothing = new ResourceWire(deployment, null);

        (await nothing.InitializeAsync($"?access_token={tokens[0]}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        deployment.Server.Process.Said.ShouldNotContain(tokens[0]);
    }

    private static string Header(string algorithm) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { alg = algorithm, typ = "at+jwt", kid = "one" })));
}

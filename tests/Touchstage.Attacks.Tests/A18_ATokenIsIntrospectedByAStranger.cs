using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

/// <summary>Whoever got hold of a token, or made one up, asks the server about it while its step is in flight. All strangers and all forgeries read the same answer.</summary>
public sealed class A18_ATokenIsIntrospectedByAStranger
{
    private const string Nothing = """{"active":false}""";

    [Theory]
    [InlineData("acme", "workspace", true)]
    [InlineData("acme", "billing", false)]
    [InlineData("globex", "workspace", false)]
    [InlineData("globex", "billing", false)]
    public async Task OnlyTheConnectionsOwnClient_SeesTheTokenActive(string tenant, string connection, bool isItsOwn)
    {
        await using var upstream = new HoldingUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.Upstream.BaseUrl);
        var client = await ClientAsync(host, tenant, connection);
        var call = host.InviteAsync(await host.AgentAsync(), "eve@acme.example");
        var token = (await upstream.ArrivedAsync()).Header("Txn-Token")!;

        var inFlight = await AskAsync(host, client, token);
        upstream.Release();
        (await call).Status.ShouldBe(ActionStatus.Completed);
        var settled = await AskAsync(host, client, token);

        inFlight.Status.ShouldBe(isItsOwn ? IntrospectionStatus.Active : IntrospectionStatus.Inactive);
        (isItsOwn ? Nothing : inFlight.Json).ShouldBe(Nothing);
        settled.Json.ShouldBe(Nothing);
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 under the public key")]
    [InlineData("other typ")]
    [InlineData("jku")]
    [InlineData("unknown kid")]
    [InlineData("other claims")]
    [InlineData("other server")]
    public async Task AForgeryOfATokenInFlight_IsNotActive(string forgery)
    {
        await using var upstream = new HoldingUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.Upstream.BaseUrl);
        await using var other = await TouchstageHost.StartAsync(upstream.Upstream.BaseUrl);
        var client = await ClientAsync(host, "acme", "workspace");
        var call = host.InviteAsync(await host.AgentAsync(), "eve@acme.example");
        var token = (await upstream.ArrivedAsync()).Header("Txn-Token")!;
        (await AskAsync(host, client, token)).Status.ShouldBe(IntrospectionStatus.Active);

        var answer = forgery is "other server"
            ? await AskAsync(other, await ClientAsync(other, "acme", "workspace"), token)
            : await AskAsync(host, client, await ForgeAsync(host, token, forgery));

        (answer.Status, answer.Json).ShouldBe((IntrospectionStatus.Inactive, Nothing));
        upstream.Release();
        await call;
    }

    [Fact]
    public async Task AStepThatNobodySettled_IsOverAtItsDeadline()
    {
        await using var upstream = new HoldingUpstream();
        await using var host = await TouchstageHost.StartAsync(upstream.Upstream.BaseUrl);
        var client = await ClientAsync(host, "acme", "workspace");
        var call = host.InviteAsync(await host.AgentAsync(), "eve@acme.example");
        var token = (await upstream.ArrivedAsync()).Header("Txn-Token")!;

        host.Time.Advance(TimeSpan.FromMinutes(1));

        (await AskAsync(host, client, token)).Json.ShouldBe(Nothing);
        upstream.Release();
        await call;
    }

    private static async Task<NewIntrospectionClient> ClientAsync(TouchstageHost host, string tenant, string connection) =>
        (await host.Services.GetRequiredService<IIntrospectionClients>().CreateAsync(TouchstageHost.TenantOf(tenant), connection, default)).TryGet(out var client, out var refusal)
            ? client
            : throw new InvalidOperationException(refusal.ToString());

    private static Task<IntrospectionAnswer> AskAsync(TouchstageHost host, NewIntrospectionClient client, string token) =>
        host.Services.GetRequiredService<IIntrospection>().AnswerAsync(client.Client.Id, client.Secret.Reveal(), token, default);

    private static async Task<string> ForgeAsync(TouchstageHost host, string token, string forgery)
    {
        var parts = token.Split('.');
        var (header, claims) = (Read(parts[0]), Read(parts[1]));
        switch (forgery)
        {
            case "alg none":
                header["alg"] = "none";
                return $"{Write(header)}.{parts[1]}.";
            case "HS256 under the public key":
                header["alg"] = "HS256";
                var signed = $"{Write(header)}.{parts[1]}";
                var jwks = Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default));
                return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(jwks, Encoding.ASCII.GetBytes(signed)))}";
            case "other typ":
                header["typ"] = "JWT";
                break;
            case "jku":
                header["jku"] = "https://evil.example/jwks.json";
                break;
            case "unknown kid":
                header["kid"] = "another";
                break;
            default:
                claims["scope"] = "delete_project";
                break;
        }

        return $"{Write(header)}.{Write(claims)}.{parts[2]}";
    }

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Write(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}

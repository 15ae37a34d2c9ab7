using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The sample product's own authorization server: its tokens reach their account, for minutes, and beside a step token only.</summary>
public sealed class StorefrontAccessTokenTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task AnAccessToken_ReachesItsOwnAccount_UntilItIsOver()
    {
        await using var storefront = await RunningStorefront.StartAsync();
        var token = await TokenAsync(storefront);
        var call = new Call("GET", "/v1/payments/pay_1004", "get_payment");

        (await storefront.SendAsync(call, storefront.Minter.Mint(call, tenant: "globex"), token)).Status.ShouldBe(200);
        (await storefront.SendAsync(call, storefront.Minter.Mint(call), token)).ShouldTellNothing();
        storefront.Clock.Advance(TimeSpan.FromMinutes(5));
        (await storefront.SendAsync(call, storefront.Minter.Mint(call, tenant: "globex"), token)).ShouldTellNothing();
    }

    [Theory]
    [InlineData("globex-client", "another-secret", "client_credentials", "invalid_client")]
    [InlineData("another-client", RunningStorefront.GlobexSecret, "client_credentials", "invalid_client")]
    [InlineData("globex-client", RunningStorefront.GlobexSecret, "password", "unsupported_grant_type")]
    public async Task AnythingElse_GetsNone(string id, string secret, string grant, string error)
    {
        await using var storefront = await RunningStorefront.StartAsync();
        using var answer = await AskAsync(storefront, id, secret, grant);
        answer.IsSuccessStatusCode.ShouldBeFalse();
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error").GetString().ShouldBe(error);
    }

    [Fact]
    public async Task Its_metadata_names_itself_and_its_token_endpoint()
    {
        await using var storefront = await RunningStorefront.StartAsync();
        var metadata = JsonElement.Parse(await Http.GetStringAsync(new Uri(storefront.Address, "/.well-known/oauth-authorization-server")));
        var issuer = storefront.Address.GetLeftPart(UriPartial.Authority);
        (metadata.GetProperty("issuer").GetString(), metadata.GetProperty("token_endpoint").GetString()).ShouldBe((issuer, issuer + "/oauth/token"));
    }

    private static async Task<string> TokenAsync(RunningStorefront storefront)
    {
        using var answer = await AskAsync(storefront, "globex-client", RunningStorefront.GlobexSecret, "client_credentials");
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        (json.GetProperty("token_type").GetString(), json.GetProperty("expires_in").GetInt32()).ShouldBe(("Bearer", 300));
        return json.GetProperty("access_token").GetString()!;
    }

    private static Task<HttpResponseMessage> AskAsync(RunningStorefront storefront, string id, string secret, string grant)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(storefront.Address, "/oauth/token")) { Content = new FormUrlEncodedContent([new("grant_type", grant)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));
        return Http.SendAsync(request);
    }
}

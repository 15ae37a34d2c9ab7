using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions.Tokens;

public sealed class IssuerKeysTests : IAsyncLifetime
{
    private TokenHost host = null!;

    private FakeIssuer Issuer => host.Issuer;

    public async Task InitializeAsync() => host = await TokenHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Metadata_is_found_where_either_standard_puts_it_and_keys_are_kept(string path)
    {
        Issuer.MetadataPath = path;
        for (var i = 0; i < 5; i++)
        {
            await host.CallerAsync(Issuer.Token());
        }

        Issuer.KeyRequests.ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_ask_once()
    {
        var token = Issuer.Token();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => host.CallerAsync(token))));

        Issuer.KeyRequests.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_the_issuer_has_changed_to_is_found()
    {
        await host.CallerAsync(Issuer.Token());
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Issuer.Keys = FakeIssuer.Jwks((FakeIssuer.KeyId, Issuer.Key), ("two", next));
        host.Library.Time.Advance(PublishedKeys.Pause);

        await host.CallerAsync(Issuer.Token(header: header => header["kid"] = "two", sign: FakeIssuer.Es256(next)));

        Issuer.KeyRequests.ShouldBe(2);
    }

    [Fact]
    public async Task Made_up_key_names_cost_the_issuer_one_request_in_each_pause()
    {
        await host.CallerAsync(Issuer.Token());
        for (var pause = 0; pause < 3; pause++)
        {
            host.Library.Time.Advance(PublishedKeys.Pause);
            for (var i = 0; i < 20; i++)
            {
                (await host.IdentifyAsync(Issuer.Token(header: header => header["kid"] = $"made-up-{pause}-{i}"))).Refusal!.Code.ShouldBe(TokenRefusals.Invalid);
            }
        }

        Issuer.KeyRequests.ShouldBe(4);
        await host.CallerAsync(Issuer.Token());
    }

    [Fact]
    public async Task A_key_that_the_issuer_takes_out_is_good_for_ten_minutes_more()
    {
        await host.CallerAsync(Issuer.Token());
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Issuer.Keys = FakeIssuer.Jwks(("two", next));
        host.Library.Time.Advance(PublishedKeys.Fresh - TimeSpan.FromSeconds(1));
        await host.CallerAsync(Issuer.Token());

        host.Library.Time.Advance(TimeSpan.FromSeconds(1));

        (await host.IdentifyAsync(Issuer.Token())).Refusal!.Reason.ShouldContain("not signed");
    }

    [Fact]
    public async Task An_issuer_that_is_down_is_no_pass_and_its_keys_are_good_for_an_hour()
    {
        await host.CallerAsync(Issuer.Token());
        Issuer.Status = 500;
        host.Library.Time.Advance(PublishedKeys.Longest - TimeSpan.FromSeconds(1));
        await host.CallerAsync(Issuer.Token());

        host.Library.Time.Advance(TimeSpan.FromSeconds(1));

        (await host.IdentifyAsync(Issuer.Token())).Refusal!.Code.ShouldBe(TokenRefusals.Unavailable);
        Issuer.Status = 200;
        host.Library.Time.Advance(PublishedKeys.Pause);
        await host.CallerAsync(Issuer.Token());
    }

    [Fact]
    public async Task An_issuer_that_was_never_reached_is_asked_once_in_each_pause()
    {
        Issuer.Status = 503;
        for (var i = 0; i < 10; i++)
        {
            await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Unavailable, "does not answer");
        }

        Issuer.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_issuer_in_a_network_that_nobody_opened_is_not_asked()
    {
        await using var closed = await TokenHost.StartAsync(isOpen: false);

        await closed.ShouldBeRefusedAsync(closed.Issuer.Token(), TokenRefusals.Unavailable);

        closed.Issuer.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Metadata_of_another_issuer_is_refused()
    {
        Issuer.MetadataIssuer = "https://login.evil.example";

        await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Unavailable, "metadata");

        Issuer.KeyRequests.ShouldBe(0);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":["one"]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    public async Task What_is_no_key_set_is_refused(string keys)
    {
        Issuer.Keys = keys;

        await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Unavailable);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("k")]
    public async Task A_key_set_with_a_secret_in_it_is_refused_whole(string member)
    {
        var keys = JsonNode.Parse(Issuer.Keys)!;
        ((JsonArray)keys["keys"]!).Add(new JsonObject { ["kty"] = "oct", ["kid"] = "other", [member] = "AAAA" });
        Issuer.Keys = keys.ToJsonString();

        await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Unavailable);
    }

    [Theory]
    [InlineData("use", "enc")]
    [InlineData("alg", "ES384")]
    [InlineData("alg", "HS256")]
    [InlineData("kty", "oct")]
    [InlineData("crv", "P-384")]
    [InlineData("kid", "")]
    [InlineData("x", "AAAA")]
    [InlineData("y", "not base64 !")]
    public async Task A_key_that_is_not_for_signing_signs_nothing(string member, string value)
    {
        var keys = JsonNode.Parse(Issuer.Keys)!;
        keys["keys"]![0]![member] = value;
        Issuer.Keys = keys.ToJsonString();

        await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Invalid, "not signed");
    }

    [Fact]
    public async Task A_key_that_only_signs_verifies_nothing()
    {
        var keys = JsonNode.Parse(Issuer.Keys)!;
        keys["keys"]![0]!["key_ops"] = new JsonArray("sign");
        Issuer.Keys = keys.ToJsonString();

        await host.ShouldBeRefusedAsync(Issuer.Token(), TokenRefusals.Invalid, "not signed");
    }
}

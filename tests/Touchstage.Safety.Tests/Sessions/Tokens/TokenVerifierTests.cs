using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions.Tokens;

public sealed class TokenVerifierTests(SharedTokenHost shared) : IClassFixture<SharedTokenHost>
{
    private readonly TokenHost host = shared.Host;

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("AT+JWT")]
    [InlineData("application/at+jwt")]
    public async Task An_access_token_for_this_server_is_taken(string type)
    {
        var caller = await host.CallerAsync(host.Issuer.Token(header: header => header["typ"] = type));

        (caller.Tenant.Value, caller.Principal.Issuer, caller.Principal.Subject).ShouldBe(("acme", host.Issuer.Issuer, "00u1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_audience_may_be_one_of_several_and_is_compared_to_the_letter(int many)
    {
        await host.CallerAsync(host.Issuer.Token(claims => claims["aud"] = many == 1 ? new JsonArray(FakeIssuer.Resource) : new JsonArray("https://userinfo.example", FakeIssuer.Resource)));
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("https://mcp.example.com")]
    [InlineData("https://mcp.example.com/mcp/")]
    [InlineData("https://mcp.example.com/mcp/other")]
    [InlineData("https://MCP.example.com/mcp")]
    [InlineData("")]
    public async Task A_token_for_another_server_is_refused(string audience) =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims["aud"] = audience), TokenRefusals.Invalid, "resource https://mcp.example.com/mcp");

    [Fact]
    public async Task A_token_for_nobody_is_refused() => await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims.Remove("aud")), TokenRefusals.Invalid, "another server");

    [Theory]
    [InlineData("https://login.evil.example")]
    [InlineData("touchstage")]
    [InlineData(null)]
    public async Task A_token_of_an_issuer_that_is_not_configured_is_refused_and_nobody_is_asked(string? issuer)
    {
        await using var own = await TokenHost.StartAsync();
        await own.ShouldBeRefusedAsync(own.Issuer.Token(claims => claims["iss"] = issuer), TokenRefusals.Invalid, "not configured");
        await own.ShouldBeRefusedAsync(own.Issuer.Token(claims => claims["iss"] = own.Issuer.Issuer + "/"), TokenRefusals.Invalid, "not configured");

        own.Issuer.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_good_token_of_another_issuer_in_this_ones_name_is_refused()
    {
        await using var evil = FakeIssuer.Start();
        evil.Time = host.Library.Time;

        await host.ShouldBeRefusedAsync(evil.Token(claims => claims["iss"] = host.Issuer.Issuer), TokenRefusals.Invalid, "not signed");

        evil.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_the_token_brings_along_or_points_to_does_not_count()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var evil = FakeIssuer.Start();
        evil.Keys = FakeIssuer.Jwks((FakeIssuer.KeyId, own));
        var jwk = JsonNode.Parse(evil.Keys)!["keys"]![0]!.DeepClone();

        await host.ShouldBeRefusedAsync(host.Issuer.Token(header: header => (header["jwk"], header["jku"]) = (jwk, $"{evil.Issuer}/keys"), sign: FakeIssuer.Es256(own)), TokenRefusals.Invalid, "not signed");

        evil.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var none = host.Issuer.Token(header: header => header["alg"] = "none", sign: _ => []);

        await host.ShouldBeRefusedAsync(none, TokenRefusals.Invalid);
        await host.ShouldBeRefusedAsync(none + "AAAA", TokenRefusals.Invalid, "not signed in a way");
        await host.ShouldBeRefusedAsync(host.Issuer.Token(sign: _ => []), TokenRefusals.Invalid);
        await host.ShouldBeRefusedAsync(host.Issuer.Token(sign: _ => new byte[64]), TokenRefusals.Invalid, "not signed");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task The_public_key_is_no_shared_secret(string algorithm)
    {
        foreach (var secret in new[] { host.Issuer.Key.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(host.Issuer.Key.ExportSubjectPublicKeyInfoPem()), Encoding.UTF8.GetBytes(host.Issuer.Keys) })
        {
            var token = host.Issuer.Token(header: header => header["alg"] = algorithm, sign: bytes => algorithm switch
            {
                "HS256" => HMACSHA256.HashData(secret, bytes),
                "HS384" => HMACSHA384.HashData(secret, bytes),
                _ => HMACSHA512.HashData(secret, bytes),
            });
            await host.ShouldBeRefusedAsync(token, TokenRefusals.Invalid, "not signed in a way");
        }
    }

    [Theory]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    [InlineData("es256")]
    public async Task A_key_signs_only_as_its_kind_does(string algorithm) =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(header: header => header["alg"] = algorithm), TokenRefusals.Invalid);

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS384")]
    public async Task An_rsa_key_signs_as_it_says(string algorithm)
    {
        await using var own = await TokenHost.StartAsync();
        using var rsa = RSA.Create(2048);
        own.Issuer.Keys = RsaJwks(rsa);
        var (hash, padding) = algorithm == "RS256" ? (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : (HashAlgorithmName.SHA384, RSASignaturePadding.Pss);

        await own.CallerAsync(own.Issuer.Token(header: header => (header["alg"], header["kid"]) = (algorithm, "rsa"), sign: bytes => rsa.SignData(bytes, hash, padding)));
    }

    [Fact]
    public async Task A_short_rsa_key_signs_nothing()
    {
        await using var own = await TokenHost.StartAsync();
        using var rsa = RSA.Create(1024);
        own.Issuer.Keys = RsaJwks(rsa);

        await own.ShouldBeRefusedAsync(
            own.Issuer.Token(header: header => (header["alg"], header["kid"]) = ("RS256", "rsa"), sign: bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), TokenRefusals.Invalid);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("txntoken+jwt")]
    [InlineData("logout+jwt")]
    [InlineData("dpop+jwt")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_kind_of_token_is_refused(string? type) =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(header: header => Put(header, "typ", type)), TokenRefusals.Invalid, "at+jwt");

    [Theory]
    [InlineData("JWT", null, true)]
    [InlineData(null, null, true)]
    [InlineData("JWT", "nonce", false)]
    [InlineData("JWT", "at_hash", false)]
    [InlineData(null, "events", false)]
    [InlineData("logout+jwt", null, false)]
    [InlineData("", null, false)]
    public async Task Plain_JWTs_are_taken_only_where_the_operator_said_so_and_id_tokens_never(string? type, string? claim, bool isTaken)
    {
        await using var plain = await TokenHost.StartAsync((options, _) => options.TakesPlainJwt = true);
        var token = plain.Issuer.Token(claims => claims[claim ?? "ver"] = "1", header => Put(header, "typ", type));

        (await plain.IdentifyAsync(token)).TryGet(out _, out _).ShouldBe(isTaken);
    }

    [Fact]
    public async Task An_extension_that_must_be_understood_is_refused() =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(header: header => (header["crit"], header["exp"]) = (new JsonArray("exp"), 1)), TokenRefusals.Invalid, "extensions");

    [Fact]
    public async Task A_token_ends_with_a_skew_of_thirty_seconds()
    {
        await using var own = await TokenHost.StartAsync();
        var token = own.Issuer.Token();
        await own.CallerAsync(token);

        own.Library.Time.Advance(TimeSpan.FromSeconds(329));
        await own.CallerAsync(token);
        own.Library.Time.Advance(TimeSpan.FromSeconds(1));

        (await own.IdentifyAsync(token)).Refusal!.Reason.ShouldContain("expired");
    }

    [Theory]
    [InlineData("exp", null, "when it ends")]
    [InlineData("iat", null, "when it was issued")]
    [InlineData("exp", "soon", "")]
    [InlineData("nbf", "now", "")]
    [InlineData("iat", 31, "not good yet")]
    [InlineData("nbf", 31, "not good yet")]
    [InlineData("exp", -31, "expired")]
    [InlineData("exp", 86_401, "longer than 24 hours")]
    [InlineData("exp", 0, "longer than 24 hours")]
    public async Task A_token_out_of_its_time_is_refused(string claim, object? value, string said)
    {
        var now = host.Library.Time.GetUtcNow().ToUnixTimeSeconds();
        await host.ShouldBeRefusedAsync(
            host.Issuer.Token(claims => Put(claims, claim, value is int seconds ? JsonValue.Create(now + seconds) : value is string text ? JsonValue.Create(text) : null)), TokenRefusals.Invalid, said);
    }

    [Fact]
    public async Task A_token_that_is_bound_to_a_key_is_no_bearer() =>
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims["cnf"] = new JsonObject { ["jkt"] = "x" }), TokenRefusals.Invalid, "cnf");

    [Fact]
    public async Task Claims_that_read_differently_in_two_places_are_refused()
    {
        var good = host.Issuer.Token().Split('.')[1];
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(good));

        await host.ShouldBeRefusedAsync(host.Issuer.Sign($"{claims[..^1]},\"tenant\":\"globex\"}}"), TokenRefusals.Invalid);
        await host.ShouldBeRefusedAsync(host.Issuer.Sign($"{{\"aud\":\"https://other.example\",{claims[1..]}"), TokenRefusals.Invalid);
        await host.ShouldBeRefusedAsync(host.Issuer.Sign($"{claims[..^1]},\"t\\u0065nant\":\"globex\"}}"), TokenRefusals.Invalid);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("a.b.c.d.e")]
    [InlineData("bm90IGpzb24.bm90IGpzb24.eA")]
    [InlineData("e30.e30.eA")]
    public async Task What_is_no_token_is_refused(string text) => await host.ShouldBeRefusedAsync(text, TokenRefusals.Invalid);

    [Fact]
    public async Task A_token_that_was_changed_is_refused()
    {
        var parts = host.Issuer.Token().Split('.');
        var other = host.Issuer.Token(claims => claims["tenant"] = "globex").Split('.');

        await host.ShouldBeRefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}", TokenRefusals.Invalid, "not signed");
        await host.ShouldBeRefusedAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", TokenRefusals.Invalid, "not signed");
        await host.ShouldBeRefusedAsync(host.Issuer.Token(claims => claims["filler"] = new string('x', 16 * 1024)), TokenRefusals.Invalid);
    }

    [Fact]
    public async Task Without_an_issuer_no_token_is_taken()
    {
        await using var keys = await TokenHost.StartAsync((options, _) =>
        {
            options.Issuers.Clear();
            options.Resource = null;
        });

        (await keys.IdentifyAsync(keys.Issuer.Token())).Refusal!.Reason.ShouldContain("session key");
        keys.Issuer.Requests.ShouldBe(0);
    }

    private static void Put(JsonObject parent, string name, JsonNode? value)
    {
        if (value is null)
        {
            parent.Remove(name);
        }
        else
        {
            parent[name] = value;
        }
    }

    private static string RsaJwks(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["kid"] = "rsa", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) }),
        }.ToJsonString();
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Touchstage.Mcp.SignIns;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.SignIns;

/// <summary>An identity provider without any page: it gives whatever token a test tells it to, also such as no honest one would.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-client-of-the-inbox";
    public const string ClientId = "touchstage";

    private readonly FakeUpstream http;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private FakeProvider()
    {
        Honest = new(new ECDsaSecurityKey(key) { KeyId = "1" }, SecurityAlgorithms.EcdsaSha256);
        http = FakeUpstream.Start(AnswerAsync);
    }

    public string Issuer => http.BaseUrl;

    public string Network => $"127.0.0.1/32:{http.Port}";

    /// <summary>The key that it publishes.</summary>
    public SigningCredentials Honest { get; }

    /// <summary>The claims of the next token, beside those of the protocol.</summary>
    public Dictionary<string, object> Claims { get; } = new(StringComparer.Ordinal)
    {
        ["sub"] = "00u1",
        ["tenant"] = "acme",
        ["kind"] = "approver",
        ["roles"] = new[] { "support" },
        ["email"] = "sam@acme.example",
        ["email_verified"] = true,
    };

    /// <summary>Makes the next token otherwise than an honest provider would.</summary>
    public Action<SecurityTokenDescriptor> Twist { get; set; } = static _ => { };

    /// <summary>Spoils the next token after it was signed.</summary>
    public Func<string, string> Spoil { get; set; } = static token => token;

    /// <summary>The nonce that the sign-in under way asked for.</summary>
    public string? Nonce { get; set; }

    /// <summary>What its token endpoint was sent.</summary>
    public IReadOnlyList<string> Redeemed => [.. http.Exchanges.Where(exchange => exchange.Target == "/token").Select(exchange => System.Text.Encoding.UTF8.GetString(exchange.Body))];

    public static FakeProvider Start() => new();

    public ProviderSetup Setup(Func<ProviderText, ProviderText>? other = null)
    {
        var text = new ProviderText { Authority = Issuer, ClientId = ClientId, ClientSecret = Secret };
        ProviderSetup.TryCreate(other?.Invoke(text) ?? text, out var setup, out var problems).ShouldBeTrue(string.Join('\n', problems));
        return setup!;
    }

    public async ValueTask DisposeAsync()
    {
        await http.DisposeAsync();
        key.Dispose();
    }

    private Task AnswerAsync(FakeExchange exchange) => exchange.Target switch
    {
        "/.well-known/openid-configuration" => exchange.ReplyAsync(200, "application/json", new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        }.ToJsonString()),
        "/keys" => exchange.ReplyAsync(200, "application/json", Keys()),
        "/token" => exchange.ReplyAsync(200, "application/json", JsonSerializer.Serialize(new { access_token = "opaque", token_type = "Bearer", expires_in = 60, id_token = Token() })),
        _ => exchange.ReplyAsync(404, "text/plain", ""),
    };

    private string Keys()
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key) { KeyId = "1" });
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = "EC", crv = "P-256", kid = "1", use = "sig", alg = "ES256", x = jwk.X, y = jwk.Y } } });
    }

    private string Token()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims),
            SigningCredentials = Honest,
        };
        token.Claims["nonce"] = Nonce!;
        Twist(token);
        return Spoil(new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token));
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Sessions.Tokens;

namespace Touchstage.TestKit;

/// <summary>An authorization server on loopback that publishes its metadata and keys, and signs whatever access token a test asks for, also such as no honest one would.</summary>
public sealed class FakeIssuer : IAsyncDisposable
{
    public const string Resource = "https://mcp.example.com/mcp";
    public const string KeyId = "one";

    private readonly FakeUpstream http;

    private FakeIssuer()
    {
        Keys = Jwks((KeyId, Key));
        http = FakeUpstream.Start(AnswerAsync);
    }

    /// <summary>The key that it publishes under <see cref="KeyId"/>.</summary>
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Its clock: that of the library whose clock is faked, once there is one.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The issuer, to the letter.</summary>
    public string Issuer => http.BaseUrl;

    /// <summary>What the operator opens to reach it.</summary>
    public string Network => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{http.Port}");

    /// <summary>The JWKS document that it publishes.</summary>
    public string Keys { get; set; }

    /// <summary>The issuer that its metadata names; null for its own.</summary>
    public string? MetadataIssuer { get; set; }

    /// <summary>The path under which its metadata is.</summary>
    public string MetadataPath { get; set; } = "/.well-known/oauth-authorization-server";

    /// <summary>The HTTP status of everything.</summary>
    public int Status { get; set; } = 200;

    /// <summary>How often its keys were read.</summary>
    public int KeyRequests => http.Exchanges.Count(exchange => exchange.Target == "/keys");

    /// <summary>How often it was asked for anything.</summary>
    public int Requests => http.Exchanges.Count;

    public static FakeIssuer Start() => new();

    /// <summary>Has a server take its tokens.</summary>
    public void Trust(TokenOptions options, string? resource = Resource)
    {
        options.Resource = resource;
        options.Issuers.Add(new(Issuer, null));
    }

    /// <summary>An agent's token of tenant acme, five minutes long.</summary>
    /// <param name="claims">Changes its claims.</param>
    /// <param name="header">Changes its header.</param>
    /// <param name="sign">Signs otherwise, or null.</param>
    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Resource,
            ["sub"] = "00u1",
            ["client_id"] = "assistant",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = "1",
            ["scope"] = "openid touchstage:agent",
            ["tenant"] = "acme",
            ["roles"] = new JsonArray("support"),
            ["email"] = "sam@acme.example",
            ["email_verified"] = true,
        };
        claims?.Invoke(payload);
        return Sign(payload.ToJsonString(), header, sign);
    }

    /// <summary>An approver's token of tenant acme.</summary>
    public string ApproverToken(Action<JsonObject>? claims = null) => Token(payload =>
    {
        payload["scope"] = "touchstage:approver";
        claims?.Invoke(payload);
    });

    /// <summary>Signs claims as they are written.</summary>
    public string Sign(string payload, Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null)
    {
        var head = new JsonObject { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = KeyId };
        header?.Invoke(head);
        var signed = $"{Encode(head.ToJsonString())}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString((sign ?? Es256(Key))(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signs as ES256 does.</summary>
    public static Func<byte[], byte[]> Es256(ECDsa key) => bytes => key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>A JWKS document of public P-256 keys.</summary>
    public static string Jwks(params (string KeyId, ECDsa Key)[] keys) => JsonSerializer.Serialize(new { keys = keys.Select(one => Jwk(one.KeyId, one.Key)) });

    public async ValueTask DisposeAsync()
    {
        await http.DisposeAsync();
        Key.Dispose();
    }

    private static object Jwk(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = keyId, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private Task AnswerAsync(FakeExchange exchange) =>
        Status != 200 ? exchange.ReplyAsync(Status, "text/plain", "")
        : exchange.Target == MetadataPath ? exchange.ReplyAsync(200, "application/json", new JsonObject { ["issuer"] = MetadataIssuer ?? Issuer, ["jwks_uri"] = $"{Issuer}/keys" }.ToJsonString())
        : exchange.Target == "/keys" ? exchange.ReplyAsync(200, "application/json", Keys)
        : exchange.ReplyAsync(404, "text/plain", "");
}

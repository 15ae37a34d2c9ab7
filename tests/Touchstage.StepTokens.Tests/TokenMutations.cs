using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

/// <summary>Every way to change a token: its text, a claim of it, a member of its header; with the old signature, one by another key, and one by the issuer's own.</summary>
internal static class TokenMutations
{
    private static readonly string[] Trusting = ["jku", "jwk", "x5u", "x5c", "x5t", "crit", "b64", "zip", "enc", "cty"];

    // What the request or the verifier decides; of the rest the issuer may say what it likes.
    private static readonly string[] Bound =
        ["iss", "aud", "sub", "scope", "tctx.tenant", "tctx.capability", "tctx.htm", "tctx.htu", "tctx.hdr_digest", "tctx.hdr_names.0", "tctx.body_digest"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<(string Kind, Func<SignedRequests, string, int, int, string> Change)> All { get; } =
    [
        ("token: a bit", (_, token, a, b) => OneBit(token, a % token.Length, b % 7)),
        ("token: shorter", (_, token, _, _) => token[..^1]),
        ("token: longer", (_, token, _, _) => token + "A"),
        ("claim: value", (_, token, a, _) => WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), Another))),
        ("claim: type", (_, token, a, _) => WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), OfAnotherType))),
        ("claim: removed", (_, token, a, _) => WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), _ => null))),
        ("claim: twice", (_, token, a, _) => Twice(token, a)),
        ("claim: value, signed by another", (_, token, a, _) => ByAnother(WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), Another)))),
        ("claim: value, signed anew", (by, token, a, _) => Anew(by, WithPayload(token, payload => Change(payload, Pick(Bound, a), Another)))),
        ("claim: type, signed anew", (by, token, a, _) => Anew(by, WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), OfAnotherType)))),
        ("claim: removed, signed anew", (by, token, a, _) => Anew(by, WithPayload(token, payload => Change(payload, Pick(Leaves(payload), a), _ => null)))),
        ("claim: twice, signed anew", (by, token, a, _) => Anew(by, Twice(token, a))),
        ("claim: life, signed anew", (by, token, a, _) => Anew(by, WithPayload(token, payload => payload["exp"] = payload["iat"]!.GetValue<long>() + (a % 2 == 0 ? 36 : 0)))),
        ("jose: alg none", (_, token, _, _) => Parts(WithHeader(token, header => header["alg"] = "none"), "")),
        ("jose: alg HS256 with the public key", (by, token, a, _) => Hmac(by, WithHeader(token, header => header["alg"] = "HS256"), a)),
        ("jose: alg ES384", (_, token, _, _) => Es384(WithHeader(token, header => header["alg"] = "ES384"))),
        ("jose: alg, signed anew", (by, token, a, _) => Anew(by, WithHeader(token, header => header["alg"] = Pick(["none", "HS256", "ES384", "RS256", "es256"], a)))),
        ("jose: typ, signed anew", (by, token, a, _) => Anew(by, WithHeader(token, header => header["typ"] = Pick(["JWT", StepTokenNames.BearerType, VoteStatementNames.Type], a)))),
        ("jose: kid", (_, token, _, _) => WithHeader(token, header => header["kid"] = "key-2")),
        ("jose: kid, signed anew", (by, token, _, _) => Anew(by, WithHeader(token, header => header["kid"] = "key-2"))),
        ("jose: removed, signed anew", (by, token, a, _) => Anew(by, WithHeader(token, header => header.Remove(Pick(["typ", "alg", "kid"], a))))),
        ("jose: added", (_, token, a, _) => WithHeader(token, header => header[Pick(Trusting, a)] = "https://evil.example/keys")),
        ("jose: added, signed anew", (by, token, a, _) => Anew(by, WithHeader(token, header => header[Pick(Trusting, a)] = "https://evil.example/keys"))),
        ("jose: jwk of another, signed by it", (_, token, _, _) => ByAnother(token, withJwk: true)),
    ];

    private static string OneBit(string token, int at, int bit) => token[..at] + (char)(token[at] ^ (1 << bit)) + token[(at + 1)..];

    private static string WithPayload(string token, Action<JsonObject> change) => With(token, 1, change);

    private static string WithHeader(string token, Action<JsonObject> change) => With(token, 0, change);

    private static string With(string token, int part, Action<JsonObject> change)
    {
        var parts = token.Split('.');
        var read = JsonNode.Parse(Base64Url.DecodeFromChars(parts[part]))!.AsObject();
        change(read);
        parts[part] = Encode(read.ToJsonString());
        return string.Join('.', parts);
    }

    private static string Twice(string token, int a)
    {
        var parts = token.Split('.');
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var member = Pick([.. JsonNode.Parse(text)!.AsObject()], a);
        parts[1] = Encode($"{text[..^1]},\"{member.Key}\":{member.Value!.ToJsonString()}}}");
        return string.Join('.', parts);
    }

    private static string[] Leaves(JsonObject payload) => [.. Paths(payload, "")];

    private static IEnumerable<string> Paths(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value!, path + "." + member.Key)),
        JsonArray items => items.SelectMany((item, i) => Paths(item!, path + "." + i)),
        _ => [path[1..]],
    };

    private static void Change(JsonObject payload, string path, Func<JsonNode, JsonNode?> change)
    {
        var names = path.Split('.');
        var parent = names[..^1].Aggregate((JsonNode)payload, (node, name) => node[name]!);
        if (parent is JsonArray array)
        {
            var at = int.Parse(names[^1]);
            var changed = change(array[at]!);
            array.RemoveAt(at);
            if (changed is not null)
            {
                array.Insert(at, changed);
            }
        }
        else if (change(parent[names[^1]]!) is { } changed)
        {
            parent[names[^1]] = changed;
        }
        else
        {
            parent.AsObject().Remove(names[^1]);
        }
    }

    // At the front, so that each part of a compound value is another: the tenant of a subject.
    private static JsonNode Another(JsonNode value) => value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? value.GetValue<long>() + 1 : "x" + value.GetValue<string>();

    private static JsonNode OfAnotherType(JsonNode value) => value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? value.ToJsonString() : new JsonArray(value.DeepClone());

    private static string Anew(SignedRequests by, string token) => Sign(token, by.Key, HashAlgorithmName.SHA256);

    private static string ByAnother(string token, bool withJwk = false)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(withJwk ? WithHeader(token, header => header["jwk"] = JsonNode.Parse(StepTokenKeySet.WriteJwk(SignedRequests.KeyId, other))) : token, other, HashAlgorithmName.SHA256);
    }

    private static string Es384(string token)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Sign(token, other, HashAlgorithmName.SHA384);
    }

    private static string Hmac(SignedRequests by, string token, int a)
    {
        var key = a % 2 == 0 ? by.Key.ExportSubjectPublicKeyInfo() : Encoding.UTF8.GetBytes(by.Key.ExportSubjectPublicKeyInfoPem());
        return Parts(token, Base64Url.EncodeToString(HMACSHA256.HashData(key, Signed(token))));
    }

    private static string Sign(string token, ECDsa key, HashAlgorithmName hash) =>
        Parts(token, Base64Url.EncodeToString(key.SignData(Signed(token), hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));

    private static byte[] Signed(string token) => Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);

    private static string Parts(string token, string signature) => $"{token[..token.LastIndexOf('.')]}.{signature}";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static T Pick<T>(T[] from, int a) => from[a % from.Length];
}

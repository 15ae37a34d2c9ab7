using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

/// <summary>One good token, the request it was made for and what a verifier expects; a test changes one thing.</summary>
internal sealed class Minting : IDisposable
{
    public const string KeyId = "key-1";
    public const string Url = "https://api.example/v1/payments/pay_1/refunds?draft=no";
    public static readonly string Shown = "sha256:" + new string('a', 64);
    public static readonly byte[] Body = """{"amount":20}"""u8.ToArray();
    public static readonly KeyValuePair<string, string>[] Headers = [new("Content-Type", "application/json"), new("Idempotency-Key", "txn_1")];

    public DateTimeOffset Now { get; } = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public StepTokenClaims Claims(
        string tenant = "acme", string scope = "refund_user", string capability = "refund_user", string audience = "https://api.example", string issuer = "https://touchstage.example",
        TimeSpan? issued = null, TimeSpan? life = null, RequestBinding? binding = null, StepApproval? approval = null) => new()
        {
            Issuer = issuer,
            IssuedAt = Now + (issued ?? TimeSpan.Zero),
            ExpiresAt = Now + (issued ?? TimeSpan.Zero) + (life ?? TimeSpan.FromSeconds(10)),
            Audience = audience,
            Transaction = "txn_1",
            TokenId = "jti_1",
            Subject = new(tenant, "https://id.example", "ada@acme.example"),
            Scope = scope,
            Workload = "touchstage-1",
            Context = new()
            {
                Tenant = tenant,
                Capability = capability,
                Connection = "billing",
                ArgumentsDigest = "salted",
                Binding = binding ?? RequestBinding.Compute("POST", Url, Headers, Body),
                Approval = approval,
            },
            Origin = new("test-client", "stdio"),
        };

    public VoteStatement Vote(
        string voter = "bob", VoteAnswer answer = VoteAnswer.Approve, string tenant = "acme", string issuer = "https://touchstage.example", string approval = "apr_1", long revision = 2,
        string? shown = null, RequestBinding? binding = null, TimeSpan? cast = null, string? tag = null) => new()
        {
            Issuer = issuer,
            IssuedAt = Now + (cast ?? TimeSpan.FromMinutes(-5)),
            Tenant = tenant,
            Approval = approval,
            Revision = revision,
            RevisionDigest = shown ?? Shown,
            RequestDigest = RequestDigest.Of(binding ?? RequestBinding.Compute("POST", Url, [], Body)),
            Voter = new(tenant, "https://id.example", $"{voter}@acme.example"),
            Answer = answer,
            Channel = "inbox",
            Tag = tag,
        };

    public string Sign(VoteStatement vote) => VoteStatementFormat.Sign(vote, KeyId, Key);

    /// <summary>An approval by the voters of these votes, carrying them.</summary>
    public StepApproval Approval(params VoteStatement[] votes) => Approval([.. votes.Select(vote => vote.Voter.ToString())], [.. votes.Select(Sign)]);

    public static StepApproval Approval(string[] approvedBy, string[] statements) => new("apr_1", 2, Shown, approvedBy, statements);

    public string Sign(StepTokenClaims? claims = null) => StepTokenFormat.Sign(claims ?? Claims(), StepTokenNames.TxnTokenType, KeyId, Key);

    /// <summary>Signs any header and payload, also such as the format would never write.</summary>
    public string SignRaw(JsonObject header, string payload)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var signature = Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static JsonObject Header(string type = StepTokenNames.TxnTokenType, string algorithm = "ES256", string keyId = KeyId) =>
        new() { ["typ"] = type, ["alg"] = algorithm, ["kid"] = keyId };

    public static JsonObject VoteHeader(string type = VoteStatementNames.Type, string algorithm = "ES256", string keyId = KeyId) => Header(type, algorithm, keyId);

    public string Payload() => Encoding.UTF8.GetString(Claims().ToPayload());

    public static ReceivedRequest Request(
        string method = "POST", string url = Url, IReadOnlyList<KeyValuePair<string, string>>? headers = null, byte[]? body = null) => new()
        {
            Method = method,
            TargetUri = url,
            Headers = headers ?? [.. Headers, new("User-Agent", "whatever")],
            Body = body ?? Body,
        };

    public StepTokenExpectations Expected(
        string type = StepTokenNames.TxnTokenType, string issuer = "https://touchstage.example", string audience = "https://api.example",
        string? tenant = "acme", string[]? scopes = null, TimeSpan? later = null, StepTokenKeySet? keys = null) => new()
        {
            Type = type,
            Issuer = issuer,
            Audience = audience,
            Keys = keys ?? StepTokenKeySet.Of(KeyId, Key),
            Scopes = scopes ?? ["refund_user"],
            Tenant = tenant,
            Now = Now + (later ?? TimeSpan.Zero),
        };

    public string? FailureOf(string token, ReceivedRequest? request = null, StepTokenExpectations? expected = null) =>
        StepTokenValidator.Validate(token, request ?? Request(), expected ?? Expected()).Failure;

    public void Dispose() => Key.Dispose();
}

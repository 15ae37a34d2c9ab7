using System.Security.Cryptography;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>Mints step tokens as the server would.</summary>
internal sealed class Minter(Func<string> publicUrl, TimeProvider clock) : IDisposable
{
    public const string Issuer = "https://touchstage.example";
    public const string Audience = "https://storefront.example";
    private int minted;

    /// <summary>How many tokens had been minted before; they count on from there.</summary>
    public int Minted { init => minted = value; }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId { get; init; } = "key-1";

    /// <summary>How far the minter's clock is ahead of the API's.</summary>
    public TimeSpan Ahead { get; set; }

    public string Mint(
        Call call, string type = StepTokenNames.TxnTokenType, string tenant = "acme", string audience = Audience, string issuer = Issuer, string? keyId = null)
    {
        var id = Interlocked.Increment(ref minted);
        var now = clock.GetUtcNow() + Ahead;
        var scope = call.Scope;
        var binding = RequestBinding.Compute(call.Method, publicUrl() + call.Target, call.CoveredHeaders, call.Bytes);
        return StepTokenFormat.Sign(
            new()
            {
                Issuer = issuer,
                IssuedAt = now,
                ExpiresAt = now.AddSeconds(10),
                Audience = audience,
                Transaction = $"txn_{id}",
                TokenId = $"jti_{id}",
                Subject = new(tenant, "local", "ada"),
                Scope = scope,
                Workload = "touchstage-1",
                Context = new()
                {
                    Tenant = tenant,
                    Capability = scope.StartsWith("fact:", StringComparison.Ordinal) ? scope[5..scope.IndexOf('.', StringComparison.Ordinal)] : scope,
                    Connection = "billing",
                    ArgumentsDigest = "salted",
                    Binding = binding,
                    Approval = Approved(tenant, issuer, keyId ?? KeyId, RequestDigest.Of(binding)),
                },
                Origin = new("tests", "stdio"),
            },
            type, keyId ?? KeyId, Key);
    }

    private StepApproval Approved(string tenant, string issuer, string keyId, string requestDigest)
    {
        var shown = "sha256:" + new string('a', 64);
        var vote = new VoteStatement
        {
            Issuer = issuer,
            IssuedAt = clock.GetUtcNow() + Ahead,
            Tenant = tenant,
            Approval = "apr_1",
            Revision = 1,
            RevisionDigest = shown,
            RequestDigest = requestDigest,
            Voter = new(tenant, "local", "bob"),
            Answer = VoteAnswer.Approve,
            Channel = "inbox",
        };
        return new("apr_1", 1, shown, [vote.Voter.ToString()], [VoteStatementFormat.Sign(vote, keyId, Key)]);
    }

    public void Dispose() => Key.Dispose();
}

using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens;

/// <summary>Every check of a step token's claims, one method each; the list is the order in which they are made. <see cref="EnvelopeChecks"/> come before.</summary>
internal static class StepTokenChecks
{
    /// <summary>Made on claims that the issuer signed.</summary>
    public static readonly (string Failure, Func<StepTokenClaims, ReceivedRequest, StepTokenExpectations, bool> Holds)[] OfTheClaims =
    [
        (StepTokenFailures.Issuer, (claims, _, expected) => Same(claims.Issuer, expected.Issuer)),
        (StepTokenFailures.Audience, (claims, _, expected) => Same(claims.Audience, expected.Audience)),
        (StepTokenFailures.NotYetValid, (claims, _, expected) => claims.IssuedAt <= expected.Now + StepTokenFormat.ClockSkew),
        (StepTokenFailures.Expired, (claims, _, expected) => expected.Now < claims.ExpiresAt + StepTokenFormat.ClockSkew),
        (StepTokenFailures.Lifetime, (claims, _, _) => LifeIsShort(claims)),
        (StepTokenFailures.Tenant, (claims, _, expected) => TenantIsTheAccounts(claims, expected)),
        (StepTokenFailures.Scope, (claims, _, expected) => ScopeIsTheEndpoints(claims, expected)),
        (StepTokenFailures.Method, (claims, request, _) => Same(claims.Context.Binding.Method, request.Method)),
        (StepTokenFailures.Url, (claims, request, _) => Same(claims.Context.Binding.TargetUri, request.TargetUri)),
        (StepTokenFailures.Headers, HeadersAreTheSame),
        (StepTokenFailures.Body, (claims, request, _) =>
            SameDigest(claims.Context.Binding.BodyDigest, RequestBinding.Digest(request.Body.Span))),
        (StepTokenFailures.Approval, (claims, _, expected) => StepApprovalChecks.Hold(claims, expected)),
    ];

    /// <summary>A token lives seconds, whatever its minter says.</summary>
    private static bool LifeIsShort(StepTokenClaims claims) =>
        claims.ExpiresAt > claims.IssuedAt && claims.ExpiresAt - claims.IssuedAt <= StepTokenFormat.MaxLifetime + StepTokenFormat.ClockSkew;

    /// <summary>The account that the request reaches is the token's tenant's, by both of the token's spellings.</summary>
    private static bool TenantIsTheAccounts(StepTokenClaims claims, StepTokenExpectations expected) =>
        expected.Tenant is { Length: > 0 } tenant && Same(claims.Context.Tenant, tenant) && Same(claims.Subject.Tenant, tenant);

    /// <summary>The scope is the endpoint's, and the token's capability is the scope's.</summary>
    private static bool ScopeIsTheEndpoints(StepTokenClaims claims, StepTokenExpectations expected) =>
        expected.Scopes.Contains(claims.Scope, StringComparer.Ordinal)
        && (Same(claims.Scope, claims.Context.Capability)
            || claims.Scope.StartsWith($"{StepTokenNames.FactScopePrefix}{claims.Context.Capability}.", StringComparison.Ordinal));

    /// <summary>Each covered header came once and unchanged, and no header that matters came uncovered.</summary>
    private static bool HeadersAreTheSame(StepTokenClaims claims, ReceivedRequest request, StepTokenExpectations expected)
    {
        var binding = claims.Context.Binding;
        var received = request.Headers.ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        if (expected.CoveredHeaders.Any(name => received.Contains(name) && !binding.HeaderNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            || binding.HeaderNames.Any(name => received[name].Count() != 1))
        {
            return false;
        }

        try
        {
            var covered = binding.HeaderNames.Select(name => KeyValuePair.Create(name, received[name].Single()));
            return SameDigest(binding.HeadersDigest, RequestBinding.DigestHeaders(covered));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static bool SameDigest(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

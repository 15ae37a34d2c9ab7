using System.Security.Cryptography;
using CsCheck;

namespace Touchstage.StepTokens.Tests;

/// <summary>Whatever is changed of a request or its token, the validator refuses; what nobody changed it takes.</summary>
public sealed class AnyChangeIsRefused
{
    private const string PublicUrl = "https://api.example/base";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Any_one_change_to_a_request_or_its_token_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var requests = new SignedRequests(PublicUrl, () => Now, key);
        var keys = StepTokenKeySet.Of(SignedRequests.KeyId, key);
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);

        Gen.Select(requests.Any, Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]).Sample((request, a, b) =>
        {
            Failure(request, keys).ShouldBeNull();
            foreach (var (kind, change) in Mutations.All)
            {
                var changed = change(requests, request, a, b);
                changed.ShouldNotBe(request, kind);
                Failure(changed, keys).ShouldNotBeNull(kind);
                tried[kind] = tried.GetValueOrDefault(kind) + 1;
            }
        }, iter: 200, threads: 1);

        tried.Keys.ShouldBe(Mutations.All.Select(mutation => mutation.Kind), ignoreOrder: true);
        tried.Values.ShouldAllBe(times => times >= 200);
    }

    private static string? Failure(SignedRequest request, StepTokenKeySet keys) => StepTokenValidator.Validate(
        request.Token,
        new() { Method = request.Method, TargetUri = PublicUrl + request.Target, Headers = request.Headers, Body = request.Body },
        new()
        {
            Type = StepTokenNames.TxnTokenType,
            Issuer = SignedRequests.Issuer,
            Audience = SignedRequests.Audience,
            Keys = keys,
            Scopes = [SignedRequests.Scope],
            Tenant = "acme",
            Now = Now,
            CoveredHeaders = [.. StepTokenExpectations.DefaultCoveredHeaders, "x-note"],
        }).Failure;
}

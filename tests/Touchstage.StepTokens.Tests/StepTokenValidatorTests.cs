using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

public sealed class StepTokenValidatorTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Fact]
    public void A_token_for_this_very_request_is_valid_and_gives_its_claims()
    {
        var verdict = StepTokenValidator.Validate(minting.Sign(minting.Claims(approval: minting.Approval(minting.Vote()))), Minting.Request(), minting.Expected());

        verdict.Failure.ShouldBeNull();
        verdict.IsValid.ShouldBeTrue();
        verdict.Claims!.Transaction.ShouldBe("txn_1");
        verdict.Claims.Context.Approval!.Revision.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("{}.{}.{}")]
    public void Text_that_is_no_token_is_malformed(string token) => minting.FailureOf(token).ShouldBe(StepTokenFailures.Malformed);

    [Fact]
    public void A_token_over_16_KiB_is_malformed() =>
        minting.FailureOf(minting.SignRaw(Minting.Header(), minting.Payload()) + new string('A', 16_384)).ShouldBe(StepTokenFailures.Malformed);

    [Fact]
    public void A_second_spelling_of_the_same_base64_is_malformed()
    {
        var token = minting.Sign();

        minting.FailureOf(token + "=").ShouldBe(StepTokenFailures.Malformed);
        minting.FailureOf(token + "\n").ShouldBe(StepTokenFailures.Malformed);
        minting.FailureOf(" " + token).ShouldBe(StepTokenFailures.Malformed);
    }

    [Fact]
    public void Bits_beyond_the_last_byte_are_malformed()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var token = minting.Sign();

        // 64 bytes leave four bits of the last of 86 characters unused.
        var last = alphabet.IndexOf(token[^1], StringComparison.Ordinal);
        minting.FailureOf(token[..^1] + alphabet[last + 1]).ShouldBe(StepTokenFailures.Malformed);
    }

    [Fact]
    public void A_header_member_given_twice_is_malformed()
    {
        var header = """{"typ":"txntoken+jwt","alg":"none","alg":"ES256","kid":"key-1"}""";
        var rest = minting.Sign()[minting.Sign().IndexOf('.', StringComparison.Ordinal)..];

        minting.FailureOf(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + rest).ShouldBe(StepTokenFailures.Malformed);
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("jwk")]
    [InlineData("x5u")]
    [InlineData("x5c")]
    [InlineData("crit")]
    [InlineData("b64")]
    public void A_header_that_asks_for_trust_is_refused(string member)
    {
        var header = Minting.Header();
        header[member] = "https://evil.example/keys";

        minting.FailureOf(minting.SignRaw(header, minting.Payload())).ShouldBe(StepTokenFailures.JoseHeader);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("TXNTOKEN+JWT")]
    [InlineData("application/txntoken+jwt")]
    [InlineData(StepTokenNames.BearerType)]
    public void Another_type_is_refused(string type) =>
        minting.FailureOf(minting.SignRaw(Minting.Header(type), minting.Payload())).ShouldBe(StepTokenFailures.Type);

    [Fact]
    public void A_token_of_one_header_is_refused_in_the_other() =>
        minting.FailureOf(minting.Sign(), expected: minting.Expected(type: StepTokenNames.BearerType)).ShouldBe(StepTokenFailures.Type);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("es256")]
    public void Another_algorithm_is_refused(string algorithm) =>
        minting.FailureOf(minting.SignRaw(Minting.Header(algorithm: algorithm), minting.Payload())).ShouldBe(StepTokenFailures.Algorithm);

    [Fact]
    public void HS256_keyed_with_the_public_key_is_refused()
    {
        var signed = $"{Encode(Minting.Header(algorithm: "HS256").ToJsonString())}.{Encode(minting.Payload())}";
        var mac = HMACSHA256.HashData(minting.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));

        minting.FailureOf($"{signed}.{Base64Url.EncodeToString(mac)}").ShouldBe(StepTokenFailures.Algorithm);
    }

    [Fact]
    public void Alg_none_without_a_signature_is_refused() =>
        minting.FailureOf($"{Encode(Minting.Header(algorithm: "none").ToJsonString())}.{Encode(minting.Payload())}.").ShouldBe(StepTokenFailures.Algorithm);

    [Fact]
    public void An_unknown_key_is_refused() =>
        minting.FailureOf(minting.SignRaw(Minting.Header(keyId: "key-2"), minting.Payload())).ShouldBe(StepTokenFailures.KeyId);

    [Fact]
    public void No_keys_at_all_refuse() =>
        minting.FailureOf(minting.Sign(), expected: minting.Expected(keys: StepTokenKeySet.Empty)).ShouldBe(StepTokenFailures.KeyId);

    [Fact]
    public void A_signature_of_another_key_is_refused()
    {
        using var other = new Minting();

        minting.FailureOf(other.Sign()).ShouldBe(StepTokenFailures.Signature);
    }

    [Fact]
    public void A_changed_claim_breaks_the_signature()
    {
        var parts = minting.Sign().Split('.');

        minting.FailureOf($"{parts[0]}.{Encode(minting.Payload().Replace("acme", "evil", StringComparison.Ordinal))}.{parts[2]}").ShouldBe(StepTokenFailures.Signature);
    }

    [Fact]
    public void A_signature_in_DER_form_is_refused()
    {
        var parts = minting.Sign().Split('.');
        var der = minting.Key.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        minting.FailureOf($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(der)}").ShouldBe(StepTokenFailures.Signature);
    }

    [Fact]
    public void Claims_that_are_incomplete_are_refused_even_if_signed()
    {
        var payload = JsonNode.Parse(minting.Payload())!.AsObject();
        payload.Remove("jti");

        minting.FailureOf(minting.SignRaw(Minting.Header(), payload.ToJsonString())).ShouldBe(StepTokenFailures.Claims);
    }

    [Fact]
    public void Another_issuer_is_refused() =>
        minting.FailureOf(minting.Sign(minting.Claims(issuer: "https://touchstage.example/"))).ShouldBe(StepTokenFailures.Issuer);

    [Fact]
    public void A_token_for_another_API_is_refused() =>
        minting.FailureOf(minting.Sign(minting.Claims(audience: "https://other.example"))).ShouldBe(StepTokenFailures.Audience);

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, StepTokenFailures.NotYetValid)]
    public void A_token_from_the_future_is_good_within_the_skew_only(int secondsAhead, string? failure) =>
        minting.FailureOf(minting.Sign(minting.Claims(issued: TimeSpan.FromSeconds(secondsAhead)))).ShouldBe(failure);

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, StepTokenFailures.Expired)]
    public void A_token_of_ten_seconds_is_good_until_the_skew_is_over(int secondsLater, string? failure) =>
        minting.FailureOf(minting.Sign(), expected: minting.Expected(later: TimeSpan.FromSeconds(secondsLater))).ShouldBe(failure);

    [Theory]
    [InlineData(0, StepTokenFailures.Lifetime)]
    [InlineData(35, null)]
    [InlineData(36, StepTokenFailures.Lifetime)]
    public void A_long_life_is_refused_whoever_signed_it(int seconds, string? failure) =>
        minting.FailureOf(minting.SignRaw(Minting.Header(), Encoding.UTF8.GetString(minting.Claims(life: TimeSpan.FromSeconds(seconds)).ToPayload())))
            .ShouldBe(failure);

    [Theory]
    [InlineData("globex")]
    [InlineData("ACME")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_tenants_account_is_refused(string? tenant) =>
        minting.FailureOf(minting.Sign(), expected: minting.Expected(tenant: tenant)).ShouldBe(StepTokenFailures.Tenant);

    [Fact]
    public void A_subject_of_another_tenant_is_refused() =>
        minting.FailureOf(minting.SignRaw(Minting.Header(), minting.Payload().Replace("acme/https", "globex/https", StringComparison.Ordinal)))
            .ShouldBe(StepTokenFailures.Tenant);

    [Fact]
    public void Another_capability_is_refused() =>
        minting.FailureOf(minting.Sign(minting.Claims(scope: "get_payment", capability: "get_payment"))).ShouldBe(StepTokenFailures.Scope);

    [Fact]
    public void An_endpoint_that_accepts_no_scope_accepts_no_token() =>
        minting.FailureOf(minting.Sign(), expected: minting.Expected(scopes: [])).ShouldBe(StepTokenFailures.Scope);

    [Theory]
    [InlineData("fact:refund_user.customer", "refund_user", null)]
    [InlineData("fact:refund_user.customer", "send_receipt", StepTokenFailures.Scope)]
    [InlineData("refund_user", "send_receipt", StepTokenFailures.Scope)]
    public void A_scope_belongs_to_its_own_capability(string scope, string capability, string? failure) =>
        minting.FailureOf(minting.Sign(minting.Claims(scope: scope, capability: capability)), expected: minting.Expected(scopes: [scope])).ShouldBe(failure);

    [Theory]
    [InlineData("PUT")]
    [InlineData("post")]
    public void Another_method_is_refused(string method) =>
        minting.FailureOf(minting.Sign(), Minting.Request(method: method)).ShouldBe(StepTokenFailures.Method);

    [Theory]
    [InlineData("https://api.example/v1/payments/pay_2/refunds?draft=no")]
    [InlineData("https://api.example/v1/payments/pay_1/refunds?draft=yes")]
    [InlineData("https://api.example/v1/payments/pay_1/refunds")]
    [InlineData("https://api.example/v1/payments/pay%5F1/refunds?draft=no")]
    [InlineData("https://api.example:443/v1/payments/pay_1/refunds?draft=no")]
    [InlineData("http://api.example/v1/payments/pay_1/refunds?draft=no")]
    [InlineData("")]
    public void Another_url_is_refused(string url) => minting.FailureOf(minting.Sign(), Minting.Request(url: url)).ShouldBe(StepTokenFailures.Url);

    [Fact]
    public void Another_value_of_a_covered_header_is_refused() => HeadersFail([new("Content-Type", "text/plain"), Minting.Headers[1]]);

    [Fact]
    public void A_missing_covered_header_is_refused() => HeadersFail([Minting.Headers[0]]);

    [Fact]
    public void A_repeated_covered_header_is_refused() => HeadersFail([.. Minting.Headers, new("idempotency-key", "txn_1")]);

    [Fact]
    public void A_header_that_matters_but_is_not_covered_is_refused() => HeadersFail([.. Minting.Headers, new("Content-Encoding", "gzip")]);

    [Fact]
    public void A_header_name_in_another_case_is_the_same_header() =>
        minting.FailureOf(minting.Sign(), Minting.Request(headers: [new("content-type", " application/json\t"), new("IDEMPOTENCY-KEY", "txn_1")])).ShouldBeNull();

    [Theory]
    [InlineData("""{"amount":21}""")]
    [InlineData("""{"amount": 20}""")]
    [InlineData("")]
    public void Another_body_is_refused(string body) =>
        minting.FailureOf(minting.Sign(), Minting.Request(body: Encoding.UTF8.GetBytes(body))).ShouldBe(StepTokenFailures.Body);

    [Fact]
    public void A_body_where_none_was_sent_is_refused()
    {
        var token = minting.Sign(minting.Claims(binding: RequestBinding.Compute("DELETE", Minting.Url, [], [])));
        var request = Minting.Request(method: "DELETE", headers: [], body: []);

        minting.FailureOf(token, request).ShouldBeNull();
        minting.FailureOf(token, Minting.Request(method: "DELETE", headers: [], body: [0x7b, 0x7d])).ShouldBe(StepTokenFailures.Body);
    }

    private void HeadersFail(KeyValuePair<string, string>[] headers) =>
        minting.FailureOf(minting.Sign(), Minting.Request(headers: headers)).ShouldBe(StepTokenFailures.Headers);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

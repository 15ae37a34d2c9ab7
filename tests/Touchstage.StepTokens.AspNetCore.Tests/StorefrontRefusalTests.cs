using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class StorefrontRefusalTests : IAsyncLifetime
{
    private static readonly Call Refund = new("POST", "/v1/payments/pay_1001/refunds", "refund_user", """{"amount":20}""", "txn_1");
    private RunningStorefront storefront = null!;

    public async Task InitializeAsync() => storefront = await RunningStorefront.StartAsync();

    public async Task DisposeAsync() => await storefront.DisposeAsync();

    [Fact]
    public Task No_token_at_all() => storefront.ShouldBeRefusedAsync(
        storefront.RawAsync(Refund, [new("Authorization", $"Bearer {RunningStorefront.AcmeKey}")]), StepTokenFailures.Malformed);

    [Fact]
    public Task No_token_beside_a_plain_key() => storefront.ShouldBeRefusedAsync(
        storefront.RawAsync(Refund, [new("X-Api-Key", RunningStorefront.AcmeKey)]), StepTokenRequestFailures.Missing);

    [Fact]
    public async Task A_token_that_was_used_before()
    {
        var token = storefront.Minter.Mint(Refund);
        (await storefront.SendAsync(Refund, token)).Status.ShouldBe(201);

        (await storefront.SendAsync(Refund, token)).ShouldTellNothing();

        storefront.Log.FailedChecks.ShouldBe([StepTokenFailures.Replayed]);
    }

    [Fact]
    public async Task A_token_used_by_many_at_once_runs_once()
    {
        var token = storefront.Minter.Mint(Refund);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => storefront.SendAsync(Refund, token)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Status == 401).ShouldBe(15);
    }

    [Fact]
    public async Task A_refused_copy_does_not_burn_the_token()
    {
        var token = storefront.Minter.Mint(Refund);
        (await storefront.SendAsync(Refund with { Body = """{"amount":19}""" }, token)).ShouldTellNothing();

        (await storefront.SendAsync(Refund, token)).Status.ShouldBe(201);
    }

    [Fact]
    public Task A_token_for_another_method()
    {
        var look = new Call("GET", "/v1/projects/prj_1", "delete_project");
        return RefusedAsync(look, look with { Method = "DELETE" }, StepTokenFailures.Method);
    }

    [Fact]
    public Task A_token_for_another_payment() => RefusedAsync(Refund, Refund with { Target = "/v1/payments/pay_1002/refunds" }, StepTokenFailures.Url);

    [Fact]
    public Task A_token_for_another_spelling_of_the_url() =>
        RefusedAsync(Refund, Refund with { Target = "/v1/payments/pay%5F1001/refunds" }, StepTokenFailures.Url);

    [Fact]
    public Task A_token_for_another_query()
    {
        var find = new Call("GET", "/v1/payments?customer_id=cus_1", "find_payments");
        return RefusedAsync(find, find with { Target = "/v1/payments?customer_id=cus_2" }, StepTokenFailures.Url);
    }

    [Fact]
    public async Task A_target_in_absolute_form()
    {
        var find = new Call("GET", "/v1/payments", "find_payments");
        var sent = RawHttp.SendAsync(
            storefront.Address, "GET", $"{storefront.Address.GetLeftPart(UriPartial.Authority)}/v1/payments",
            [new("Authorization", $"Bearer {RunningStorefront.AcmeKey}"), new("Txn-Token", storefront.Minter.Mint(find))], []);

        // Kestrel holds an absolute target to the Host header before the kit is asked; either way nothing runs.
        (await sent).Status.ShouldBeOneOf(400, 401);
    }

    [Fact]
    public Task A_token_for_another_body() => RefusedAsync(Refund, Refund with { Body = """{"amount":2400}""" }, StepTokenFailures.Body);

    [Fact]
    public Task A_token_for_another_idempotency_key() => RefusedAsync(Refund, Refund with { IdempotencyKey = "txn_2" }, StepTokenFailures.Headers);

    [Fact]
    public Task An_idempotency_key_that_the_token_does_not_cover() =>
        RefusedAsync(Refund with { IdempotencyKey = null }, Refund, StepTokenFailures.Headers);

    [Fact]
    public Task A_token_for_another_capability() => RefusedAsync(Refund with { Scope = "get_payment" }, Refund, StepTokenFailures.Scope);

    [Fact]
    public Task A_facts_token_for_an_action() => RefusedAsync(Refund with { Scope = "fact:refund_user.customer" }, Refund, StepTokenFailures.Scope);

    [Fact]
    public Task A_token_of_another_tenant() =>
        storefront.ShouldBeRefusedAsync(storefront.CallAsync(Refund, tenant: "globex"), StepTokenFailures.Tenant);

    [Fact]
    public Task A_token_beside_another_tenants_key() =>
        storefront.ShouldBeRefusedAsync(storefront.CallAsync(Refund, key: RunningStorefront.GlobexKey), StepTokenFailures.Tenant);

    [Fact]
    public Task A_token_beside_an_unknown_key() =>
        storefront.ShouldBeRefusedAsync(storefront.CallAsync(Refund, key: "guessed"), StepTokenFailures.Tenant);

    [Fact]
    public Task A_token_beside_two_keys() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund), RunningStorefront.AcmeKey, new KeyValuePair<string, string>("X-Api-Key", RunningStorefront.GlobexKey)),
        StepTokenFailures.Tenant);

    [Fact]
    public Task A_bearer_token_on_another_tenants_path() => storefront.ShouldBeRefusedAsync(
        storefront.CallAsync(new("DELETE", "/accounts/globex-shop/v1/projects/prj_1", "delete_project")), StepTokenFailures.Tenant);

    [Fact]
    public Task A_bearer_token_on_an_unknown_account() => storefront.ShouldBeRefusedAsync(
        storefront.CallAsync(new("DELETE", "/accounts/nobody/v1/projects/prj_1", "delete_project")), StepTokenFailures.Tenant);

    [Fact]
    public Task A_token_for_another_API() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund, audience: "https://other.example")), StepTokenFailures.Audience);

    [Fact]
    public Task A_token_of_another_issuer() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund, issuer: "https://evil.example")), StepTokenFailures.Issuer);

    [Fact]
    public Task A_token_under_an_unknown_key_id() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund, keyId: "key-2")), StepTokenFailures.KeyId);

    [Fact]
    public async Task A_token_that_somebody_else_signed()
    {
        using var evil = new Minter(() => storefront.Address.GetLeftPart(UriPartial.Authority), storefront.Clock);

        await storefront.ShouldBeRefusedAsync(storefront.SendAsync(Refund, evil.Mint(Refund)), StepTokenFailures.Signature);
    }

    [Fact]
    public async Task An_expired_token()
    {
        var token = storefront.Minter.Mint(Refund);
        storefront.Clock.Advance(TimeSpan.FromSeconds(15));

        await storefront.ShouldBeRefusedAsync(storefront.SendAsync(Refund, token), StepTokenFailures.Expired);
    }

    [Fact]
    public Task The_bearers_type_in_the_Txn_Token_header() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund, StepTokenNames.BearerType)), StepTokenFailures.Type);

    [Fact]
    public Task The_Txn_Tokens_type_as_bearer()
    {
        var delete = new Call("DELETE", "/accounts/acme/v1/projects/prj_1", "delete_project");
        return storefront.ShouldBeRefusedAsync(storefront.SendAsync(delete, storefront.Minter.Mint(delete)), StepTokenFailures.Type);
    }

    [Fact]
    public Task A_Txn_Token_where_the_path_names_the_account()
    {
        var delete = new Call("DELETE", "/accounts/acme/v1/projects/prj_1", "delete_project");
        return storefront.ShouldBeRefusedAsync(
            storefront.RawAsync(delete, [new("Txn-Token", storefront.Minter.Mint(delete))]), StepTokenFailures.Tenant);
    }

    [Theory]
    [InlineData("""{"typ":"txntoken+jwt","alg":"none","kid":"key-1"}""", StepTokenFailures.Algorithm)]
    [InlineData("""{"typ":"txntoken+jwt","alg":"ES256","kid":"key-1","jku":"https://evil.example/jwks"}""", StepTokenFailures.JoseHeader)]
    public Task A_header_that_chooses_its_own_verification(string header, string check)
    {
        var parts = storefront.Minter.Mint(Refund).Split('.');
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}";
        var signature = storefront.Minter.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        return storefront.ShouldBeRefusedAsync(storefront.SendAsync(Refund, $"{signed}.{Base64Url.EncodeToString(signature)}"), check);
    }

    [Fact]
    public Task HS256_with_the_public_key()
    {
        var parts = storefront.Minter.Mint(Refund).Split('.');
        var signed = $"{Base64Url.EncodeToString("""{"typ":"txntoken+jwt","alg":"HS256","kid":"key-1"}"""u8)}.{parts[1]}";
        var mac = HMACSHA256.HashData(storefront.Minter.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));

        return storefront.ShouldBeRefusedAsync(storefront.SendAsync(Refund, $"{signed}.{Base64Url.EncodeToString(mac)}"), StepTokenFailures.Algorithm);
    }

    [Fact]
    public Task Two_Txn_Token_headers() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund), RunningStorefront.AcmeKey, new KeyValuePair<string, string>("Txn-Token", "x")),
        StepTokenRequestFailures.DuplicateHeader);

    [Fact]
    public Task Two_Authorization_headers() => storefront.ShouldBeRefusedAsync(
        storefront.SendAsync(Refund, storefront.Minter.Mint(Refund), RunningStorefront.AcmeKey, new KeyValuePair<string, string>("Authorization", "Bearer x")),
        StepTokenRequestFailures.DuplicateHeader);

    [Fact]
    public Task A_body_that_is_too_long_to_check()
    {
        var huge = Refund with { Body = $$"""{"amount":20,"reason":"{{new string('a', 1024 * 1024)}}"}""" };
        return storefront.ShouldBeRefusedAsync(storefront.CallAsync(huge), StepTokenRequestFailures.BodyUnreadable);
    }

    private Task RefusedAsync(Call minted, Call sent, string check) =>
        storefront.ShouldBeRefusedAsync(storefront.SendAsync(sent, storefront.Minter.Mint(minted)), check);
}

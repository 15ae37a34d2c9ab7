using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

/// <summary>An approved step's token is good only with the signed yes of everybody whom it names; each test changes one thing.</summary>
public sealed class StepApprovalTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Fact]
    public void Votes_of_everybody_named_are_good_in_any_order() =>
        FailureOf(Minting.Approval([Voter("carol"), Voter("bob")], [minting.Sign(minting.Vote("bob")), minting.Sign(minting.Vote("carol"))])).ShouldBeNull();

    [Fact]
    public void No_votes_at_all_are_refused() => Refused(Minting.Approval([Voter("bob")], []));

    [Fact]
    public void A_vote_of_fewer_people_than_are_named_is_refused() => Refused(Minting.Approval([Voter("bob"), Voter("carol")], [minting.Sign(minting.Vote("bob"))]));

    [Fact]
    public void A_vote_of_somebody_who_is_not_named_is_refused()
    {
        Refused(Minting.Approval([Voter("bob")], [minting.Sign(minting.Vote("carol"))]));
        Refused(Minting.Approval([Voter("bob")], [minting.Sign(minting.Vote("bob")), minting.Sign(minting.Vote("carol"))]));
    }

    [Fact]
    public void One_persons_vote_carried_twice_is_refused()
    {
        var vote = minting.Sign(minting.Vote("bob"));

        Refused(Minting.Approval([Voter("bob")], [vote, vote]));
        Refused(Minting.Approval([Voter("bob"), Voter("bob")], [vote, minting.Sign(minting.Vote("bob"))]));
        Refused(Minting.Approval([Voter("bob"), Voter("bob")], [vote]));
    }

    [Fact]
    public void A_no_presented_as_a_yes_is_refused() => Refused(minting.Approval(minting.Vote(answer: VoteAnswer.Reject)));

    [Fact]
    public void A_vote_on_another_approval_is_refused() => Refused(minting.Approval(minting.Vote(approval: "apr_2")));

    [Fact]
    public void A_vote_on_another_revision_is_refused() => Refused(minting.Approval(minting.Vote(revision: 1)));

    [Fact]
    public void A_vote_on_something_else_that_was_shown_is_refused() => Refused(minting.Approval(minting.Vote(shown: "sha256:" + new string('b', 64))));

    [Fact]
    public void A_vote_of_another_tenant_is_refused() => Refused(minting.Approval(minting.Vote(tenant: "globex")));

    [Fact]
    public void A_vote_that_another_issuer_took_is_refused() => Refused(minting.Approval(minting.Vote(issuer: "https://other.example")));

    [Fact]
    public void A_vote_on_another_request_is_refused()
    {
        Refused(minting.Approval(minting.Vote(binding: RequestBinding.Compute("PUT", Minting.Url, [], Minting.Body))));
        Refused(minting.Approval(minting.Vote(binding: RequestBinding.Compute("POST", Minting.Url + "&x=1", [], Minting.Body))));
        Refused(minting.Approval(minting.Vote(binding: RequestBinding.Compute("POST", Minting.Url, [], """{"amount":2000}"""u8))));
    }

    [Fact]
    public void A_vote_cast_after_the_token_was_minted_is_refused()
    {
        FailureOf(minting.Approval(minting.Vote(cast: TimeSpan.FromSeconds(5)))).ShouldBeNull();
        Refused(minting.Approval(minting.Vote(cast: TimeSpan.FromSeconds(6))));
    }

    [Fact]
    public void A_vote_of_whoever_the_step_runs_for_is_refused() => Refused(minting.Approval(minting.Vote("ada")));

    [Fact]
    public void A_vote_signed_with_an_older_key_is_good_while_that_key_is_published()
    {
        using var older = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var approval = Minting.Approval([Voter("bob")], [VoteStatementFormat.Sign(minting.Vote("bob"), "key-0", older)]);

        FailureOf(approval, StepTokenKeySet.Of(Minting.KeyId, minting.Key).With("key-0", older)).ShouldBeNull();
        FailureOf(approval).ShouldBe(StepTokenFailures.Approval);
    }

    [Fact]
    public void A_vote_signed_with_another_key_under_a_known_name_is_refused()
    {
        using var other = new Minting();

        Refused(Minting.Approval([Voter("bob")], [other.Sign(other.Vote("bob"))]));
    }

    [Fact]
    public void A_vote_with_a_changed_claim_is_refused()
    {
        var parts = minting.Sign(minting.Vote("bob", VoteAnswer.Reject)).Split('.');
        var changed = Payload(minting.Vote("bob", VoteAnswer.Reject)).Replace("reject", "approve", StringComparison.Ordinal);

        Refused(Minting.Approval([Voter("bob")], [$"{parts[0]}.{Encode(changed)}.{parts[2]}"]));
    }

    [Theory]
    [InlineData(VoteStatementNames.Type, "none")]
    [InlineData(VoteStatementNames.Type, "ES384")]
    [InlineData(StepTokenNames.TxnTokenType, "ES256")]
    [InlineData(StepTokenNames.BearerType, "ES256")]
    [InlineData("JWT", "ES256")]
    public void A_vote_of_another_type_or_algorithm_is_refused(string type, string algorithm) =>
        Refused(Minting.Approval([Voter("bob")], [minting.SignRaw(Minting.Header(type, algorithm), Payload(minting.Vote("bob")))]));

    [Fact]
    public void A_vote_without_a_signature_is_refused() =>
        Refused(Minting.Approval([Voter("bob")], [$"{Encode(Minting.VoteHeader(algorithm: "none").ToJsonString())}.{Encode(Payload(minting.Vote("bob")))}."]));

    [Fact]
    public void A_vote_keyed_with_the_public_key_is_refused()
    {
        var signed = $"{Encode(Minting.VoteHeader(algorithm: "HS256").ToJsonString())}.{Encode(Payload(minting.Vote("bob")))}";
        var mac = HMACSHA256.HashData(minting.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));

        Refused(Minting.Approval([Voter("bob")], [$"{signed}.{Base64Url.EncodeToString(mac)}"]));
    }

    [Fact]
    public void A_vote_whose_header_asks_for_trust_is_refused()
    {
        var header = Minting.VoteHeader();
        header["jwk"] = JsonNode.Parse(StepTokenKeySet.WriteJwk(Minting.KeyId, minting.Key));

        Refused(Minting.Approval([Voter("bob")], [minting.SignRaw(header, Payload(minting.Vote("bob")))]));
    }

    [Fact]
    public void A_step_token_is_no_vote_and_a_vote_is_no_step_token()
    {
        Refused(Minting.Approval([Voter("bob")], [minting.Sign()]));
        minting.FailureOf(minting.Sign(minting.Vote())).ShouldBe(StepTokenFailures.Type);
        minting.FailureOf(minting.Sign(minting.Vote()), expected: minting.Expected(type: VoteStatementNames.Type)).ShouldBe(StepTokenFailures.Claims);
    }

    [Fact]
    public void One_bad_vote_among_good_ones_spoils_the_token() => Refused(minting.Approval(minting.Vote("bob"), minting.Vote("carol", approval: "apr_2")));

    private void Refused(StepApproval approval) => FailureOf(approval).ShouldBe(StepTokenFailures.Approval);

    private string? FailureOf(StepApproval approval, StepTokenKeySet? keys = null) =>
        minting.FailureOf(minting.Sign(minting.Claims(approval: approval)), expected: minting.Expected(keys: keys));

    private string Voter(string name) => minting.Vote(name).Voter.ToString();

    private string Payload(VoteStatement vote) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(minting.Sign(vote).Split('.')[1]));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

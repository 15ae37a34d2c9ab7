using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.Tests;

public sealed class VoteStatementFormatTests : IDisposable
{
    private readonly Minting minting = new();

    public void Dispose() => minting.Dispose();

    [Theory]
    [InlineData(VoteAnswer.Approve, null)]
    [InlineData(VoteAnswer.Reject, "policy_too_strict")]
    public void Sign_What_was_signed_reads_back(VoteAnswer answer, string? tag)
    {
        var vote = minting.Vote(answer: answer, tag: tag);

        VoteStatementFormat.TryRead(minting.Sign(vote), StepTokenKeySet.Of(Minting.KeyId, minting.Key), out var read).ShouldBeTrue();

        read.ShouldBeEquivalentTo(vote);
    }

    [Fact]
    public void Sign_Has_the_names_of_the_format()
    {
        Payload(minting.Vote()).Select(member => member.Key)
            .ShouldBe(["approval", "iss", "iat", "tenant", "revision", "revision_digest", "request_digest", "sub", "decision", "channel"]);
        Payload(minting.Vote(tag: "wrong_action"))["tag"]!.GetValue<string>().ShouldBe("wrong_action");
        Payload(minting.Vote())["decision"]!.GetValue<string>().ShouldBe("approve");
        Payload(minting.Vote(answer: VoteAnswer.Reject))["decision"]!.GetValue<string>().ShouldBe("reject");
    }

    [Fact]
    public void Sign_An_ordinary_statement_is_short_and_ten_fit_into_a_token()
    {
        // As long as the ids, key ids and subjects of the product are.
        var (approval, keyId) = ("apr_" + new string('0', 26), new string('k', 43));
        var votes = Enumerable.Range(0, 10).Select(i => Signed(minting.Vote(voter: $"somebody.{i}", approval: approval), keyId)).ToArray();

        votes.Max(vote => vote.Length).ShouldBeLessThan(800);
        minting.Sign(minting.Claims(approval: Minting.Approval([.. votes.Select((_, i) => $"somebody.{i}")], votes))).Length.ShouldBeLessThan(12_288);
    }

    [Fact]
    public void Sign_An_empty_claim_throws() => Should.Throw<ArgumentException>(() => minting.Sign(minting.Vote(approval: "")));

    [Fact]
    public void Sign_A_digest_in_another_form_throws() => Should.Throw<ArgumentException>(() => minting.Sign(minting.Vote(shown: "abc")));

    [Fact]
    public void Sign_A_revision_before_the_first_throws() => Should.Throw<ArgumentException>(() => minting.Sign(minting.Vote(revision: 0)));

    [Fact]
    public void Sign_A_statement_too_long_to_be_read_throws() => Should.Throw<ArgumentException>(() => minting.Sign(minting.Vote(voter: new string('b', 4096))));

    [Fact]
    public void Sign_A_key_on_another_curve_throws()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<ArgumentException>(() => VoteStatementFormat.Sign(minting.Vote(), Minting.KeyId, key));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("iat")]
    [InlineData("tenant")]
    [InlineData("approval")]
    [InlineData("revision")]
    [InlineData("revision_digest")]
    [InlineData("request_digest")]
    [InlineData("sub")]
    [InlineData("decision")]
    [InlineData("channel")]
    public void TryRead_A_claim_that_is_missing_or_of_another_type_is_refused(string name)
    {
        var payload = Payload(minting.Vote());
        Reads(payload).ShouldBeTrue();

        payload[name] = true;
        Reads(payload).ShouldBeFalse();
        payload.Remove(name);
        Reads(payload).ShouldBeFalse();
    }

    [Theory]
    [InlineData("decision", "Approve")]
    [InlineData("decision", "modify")]
    [InlineData("tag", "")]
    [InlineData("tenant", "globex")]
    [InlineData("sub", "acme/https://id.example/bob")]
    [InlineData("revision_digest", "sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("request_digest", "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("request_digest", "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag")]
    [InlineData("revision_digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    public void TryRead_A_claim_outside_its_range_is_refused(string name, string value)
    {
        var payload = Payload(minting.Vote());
        payload[name] = value;

        Reads(payload).ShouldBeFalse();
    }

    [Fact]
    public void TryRead_A_member_given_twice_is_refused() =>
        Reads(Payload(minting.Vote(answer: VoteAnswer.Reject)).ToJsonString().Replace("\"decision\":", "\"decision\":\"approve\",\"decision\":", StringComparison.Ordinal)).ShouldBeFalse();

    private bool Reads(JsonObject payload) => Reads(payload.ToJsonString());

    private bool Reads(string payload) =>
        VoteStatementFormat.TryRead(minting.SignRaw(Minting.VoteHeader(), payload), StepTokenKeySet.Of(Minting.KeyId, minting.Key), out _);

    private string Signed(VoteStatement vote, string keyId) => VoteStatementFormat.Sign(vote, keyId, minting.Key);

    private JsonObject Payload(VoteStatement vote) =>
        JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(minting.Sign(vote).Split('.')[1])))!.AsObject();
}

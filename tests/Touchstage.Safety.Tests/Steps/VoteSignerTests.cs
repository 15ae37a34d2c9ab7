using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Steps;

public sealed class VoteSignerTests
{
    private static readonly TenantId Acme = TouchstageHost.TenantOf("acme");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly SigningKeys keys = new(new MemorySigningKeys(), new EphemeralDataProtectionProvider(), new FakeTimeProvider());

    [Fact]
    public async Task IsSignedAsync_TheVoteAsItWasCast_IsSigned()
    {
        (await IsSignedAsync(vote => vote)).ShouldBeTrue();
        (await IsSignedAsync(vote => vote, Vote(VoteDecision.Reject, DecisionTag.WrongAction))).ShouldBeTrue();
    }

    [Fact]
    public async Task IsSignedAsync_WithoutAStatement_IsNot() => (await IsSignedAsync(vote => vote with { Statement = null })).ShouldBeFalse();

    [Fact]
    public async Task IsSignedAsync_AVoteThatSaysAnythingElse_IsNot()
    {
        (await IsSignedAsync(vote => vote with { Voter = Person("eve@example.com") })).ShouldBeFalse();
        (await IsSignedAsync(vote => vote, Vote(VoteDecision.Reject), vote => vote with { Decision = VoteDecision.Approve })).ShouldBeFalse();
        (await IsSignedAsync(vote => vote with { Channel = "inbox" })).ShouldBeFalse();
        (await IsSignedAsync(vote => vote with { Tag = DecisionTag.WrongAction })).ShouldBeFalse();
        (await IsSignedAsync(vote => vote with { At = vote.At.AddSeconds(1) })).ShouldBeFalse();
    }

    [Fact]
    public async Task IsSignedAsync_OfAnotherTenantApprovalRevisionOrRequest_IsNot()
    {
        var signer = Signer();
        var vote = await SignedAsync(signer, Vote());

        (await signer.IsSignedAsync(Acme, "apr_1", Revision(), vote, default)).ShouldBeTrue();
        (await signer.IsSignedAsync(TouchstageHost.TenantOf("globex"), "apr_1", Revision(), vote, default)).ShouldBeFalse();
        (await signer.IsSignedAsync(Acme, "apr_2", Revision(), vote, default)).ShouldBeFalse();
        (await signer.IsSignedAsync(Acme, "apr_1", Revision(number: 2), vote, default)).ShouldBeFalse();
        (await signer.IsSignedAsync(Acme, "apr_1", Revision(digest: 'b'), vote, default)).ShouldBeFalse();
        (await signer.IsSignedAsync(Acme, "apr_1", Revision(request: 'd'), vote, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task IsSignedAsync_ByAServerOfAnotherNameOrInstallation_IsNot()
    {
        var vote = await SignedAsync(Signer(), Vote());
        var elsewhere = new VoteSigner(new SigningKeys(new MemorySigningKeys(), new EphemeralDataProtectionProvider(), new FakeTimeProvider()), new("touchstage", "w", "http"));

        (await Signer("other").IsSignedAsync(Acme, "apr_1", Revision(), vote, default)).ShouldBeFalse();
        (await elsewhere.IsSignedAsync(Acme, "apr_1", Revision(), vote, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task SignAsync_AVoteOnWhatIsNotShown_Throws()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Signer().SignAsync(Acme, "apr_1", Revision(number: 2), Vote(), default));
        await Should.ThrowAsync<ArgumentException>(async () => await Signer().SignAsync(Acme, "apr_1", Revision(digest: 'b'), Vote(), default));
        await Should.ThrowAsync<ArgumentException>(async () => await Signer().SignAsync(TouchstageHost.TenantOf("globex"), "apr_1", Revision(), Vote(), default));
    }

    private async Task<bool> IsSignedAsync(Func<ApprovalVote, ApprovalVote> change, ApprovalVote? cast = null, Func<ApprovalVote, ApprovalVote>? then = null)
    {
        var signer = Signer();
        var vote = change(await SignedAsync(signer, cast ?? Vote()));
        return await signer.IsSignedAsync(Acme, "apr_1", Revision(), then?.Invoke(vote) ?? vote, default);
    }

    private static async Task<ApprovalVote> SignedAsync(VoteSigner signer, ApprovalVote vote) => vote with { Statement = await signer.SignAsync(Acme, "apr_1", Revision(), vote, default) };

    private VoteSigner Signer(string issuer = "touchstage") => new(keys, new(issuer, "w", "http"));

    private static ApprovalVote Vote(VoteDecision decision = VoteDecision.Approve, DecisionTag tag = DecisionTag.None) =>
        new(1, Digest('a'), Person("boss@example.com"), null, "ses_1", decision, "", tag, "prompt", Now);

    private static ApprovalRevision Revision(int number = 1, char digest = 'a', char request = 'c') => new(
        number,
        Digest(digest),
        "sha256:action",
        RevisionOrigin.Proposed,
        null,
        "Refund 120",
        ["default_no"],
        CanonicalJson.Of(new System.Text.Json.Nodes.JsonObject { ["request_digest"] = Digest(request) }),
        Now);

    private static string Digest(char digit) => "sha256:" + new string(digit, 64);

    private static Principal Person(string subject) =>
        Principal.TryCreate(Acme, "touchstage", subject, null, out var principal) ? principal : throw new ArgumentException("No subject.", nameof(subject));
}

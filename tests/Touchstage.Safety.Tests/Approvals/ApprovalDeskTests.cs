using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Approvals;

public sealed class ApprovalDeskTests
{
    [Fact]
    public async Task ReviewAsync_ThenDecideWithTheCode_ApprovesAndTheSameCodeAgainReportsIt()
    {
        await using var desk = await Desk.OpenAsync();
        var code = await desk.CodeAsync();

        var first = await desk.DecideAsync(code);
        var again = await desk.DecideAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));

        first.TryGet(out var recorded, out _).ShouldBeTrue();
        recorded!.WasRecorded.ShouldBeTrue();
        recorded.Approval.State.ShouldBe(ApprovalState.Approved);
        again.TryGet(out var repeated, out _).ShouldBeTrue();
        repeated!.WasRecorded.ShouldBeFalse();
    }

    [Fact]
    public async Task DecideAsync_NoCodeAndNoShownRevision_IsRefused()
    {
        await using var desk = await Desk.OpenAsync();

        (await desk.DecideAsync(null)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
        (await desk.DecideAsync("")).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
    }

    [Fact]
    public async Task DecideAsync_FiveWrongCodes_LockTheApproverOutEvenWithTheRightOne()
    {
        await using var desk = await Desk.OpenAsync();
        var code = await desk.CodeAsync();
        for (var i = 0; i < 4; i++)
        {
            (await desk.DecideAsync("00000-00000")).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
        }

        (await desk.DecideAsync("00000-00000")).Refusal!.Code.ShouldBe(ApprovalRefusals.CodeLocked);
        (await desk.DecideAsync(code)).Refusal!.Code.ShouldBe(ApprovalRefusals.CodeLocked);
    }

    [Fact]
    public async Task DecideAsync_CodeOlderThanTenMinutes_IsRefused()
    {
        await using var desk = await Desk.OpenAsync();
        var code = await desk.CodeAsync();
        desk.Host.Time.Advance(TimeSpan.FromMinutes(10));

        (await desk.DecideAsync(code)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
    }

    [Fact]
    public async Task DecideAsync_AnotherApproversCode_IsRefused()
    {
        await using var desk = await Desk.OpenAsync();
        var code = await desk.CodeAsync();
        var other = await desk.Host.ApproverAsync(subject: "other@example.com");

        (await desk.DecideAsync(code, other)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
    }

    [Fact]
    public async Task ReviewAsync_WithoutTheRole_LooksAsIfThereWereNone()
    {
        await using var desk = await Desk.OpenAsync();
        var (sales, globex) = (await desk.Host.ApproverAsync(subject: "sales@example.com", roles: "sales"), await desk.Host.ApproverAsync("globex"));

        foreach (var outsider in (string[])[sales, globex])
        {
            var caller = await desk.Host.CallerAsync(outsider);
            (await desk.Approvals.ReviewAsync(caller, desk.Id, default)).Refusal!.Reason.ShouldBe((await desk.Approvals.ReviewAsync(caller, "apr_none", default)).Refusal!.Reason);
            (await desk.Approvals.FindAsync(caller, desk.Id, default)).Refusal!.Code.ShouldBe(ApprovalRefusals.Unknown);
            (await desk.Approvals.ListAsync(caller, default)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task FindAsync_Requester_SeesTheApprovalButNotTheCase()
    {
        await using var desk = await Desk.OpenAsync();

        var (own, shown) = (await desk.Host.ApprovalAsync(desk.Agent, desk.Id), await desk.Host.ApprovalAsync(desk.Approver, desk.Id));

        own.Case.ShouldBeNull();
        shown.Case!.Arguments.GetProperty("card_note").GetString().ShouldBe("***");
        shown.Case.Request.GetProperty("uri").GetString().ShouldEndWith("/v1/payments/pay_1/refunds");
        shown.Case.Narrative.Reasoning.ShouldBe("because I say so");
        shown.Summary.ShouldBe("Refund 120 of payment pay_1");
    }

    [Fact]
    public async Task DecideAsync_RejectedWithAReason_TheAgentIsToldAndTheIdenticalCallStaysRefusedForADay()
    {
        await using var desk = await Desk.OpenAsync();

        (await desk.Host.DecideAsync(desk.Approver, desk.Id, VoteDecision.Reject, "wrong\u202e customer")).Refusal.ShouldBeNull();

        (await desk.Host.ApprovalAsync(desk.Agent, desk.Id)).ClosingReason.ShouldNotBeNull().ShouldStartWith("wrong");
        var again = await desk.ProposeAsync();
        (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "rejected"));
        again.Reason!.ShouldContain("wrong");
        desk.Host.Time.Advance(TimeSpan.FromHours(24));
        (await desk.Host.CallAsync(await desk.Host.AgentAsync(), "refund_user", Desk.Arguments)).Status.ShouldBe(ActionStatus.PendingApproval);
    }

    [Fact]
    public async Task Expiry_NobodyDecides_EndsItAlsoAfterDowntime()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Host.Time.Advance(TimeSpan.FromHours(24));

        (await desk.Host.ApprovalAsync(desk.Approver, desk.Id)).State.ShouldBe(ApprovalState.Expired);
        (await desk.Host.DecideAsync(await desk.Host.ApproverAsync(), desk.Id, VoteDecision.Approve)).Refusal!.Code.ShouldBe(ApprovalRefusals.Decided);
        await desk.Host.DoDueWorkAsync();
        (await desk.Host.ApprovalAsync(await desk.Host.ApproverAsync(), desk.Id)).ClosingCode.ShouldBe("expired");
    }

    /// <summary>One approval of acme's agent that waits.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        public const string Arguments = """{"payment_id":"pay_1","amount":120,"card_note":"canary"}""";

        public required FakeUpstream Upstream { get; init; }

        public required TouchstageHost Host { get; init; }

        public required string Agent { get; init; }

        public required string Approver { get; init; }

        public string Id { get; private set; } = "";

        public IApprovals Approvals => Host.Services.GetRequiredService<IApprovals>();

        public static async Task<Desk> OpenAsync()
        {
            var upstream = SampleUpstream.Start();
            var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
            var desk = new Desk { Upstream = upstream, Host = host, Agent = await host.AgentAsync(), Approver = await host.ApproverAsync() };
            desk.Id = (await desk.ProposeAsync()).Approval!.Id;
            return desk;
        }

        public Task<ActionOutcome> ProposeAsync() => Host.CallAsync(Agent, "refund_user", Arguments, new(null, "because I say so"));

        public async Task<string> CodeAsync() =>
            (await Approvals.ReviewAsync(await Host.CallerAsync(Approver), Id, default)).TryGet(out var review, out var refusal)
                ? review.DecisionCode!
                : throw new InvalidOperationException(refusal.ToString());

        public async Task<Result<DecisionReceipt>> DecideAsync(string? code, string? approver = null) =>
            await Approvals.DecideAsync(await Host.CallerAsync(approver ?? Approver), new(Id, VoteDecision.Approve, "", DecisionChannel.Prompt, null, code), default);

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}

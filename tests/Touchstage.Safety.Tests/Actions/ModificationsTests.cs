using System.Text;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

public sealed class ModificationsTests
{
    private const string Twenty = """{"amount":20}""";

    [Fact]
    public async Task PreviewAsync_AFieldOfModify_ShowsWhatWouldRun_AndChangesNothing()
    {
        await using var room = await Room.OpenAsync();

        var preview = (await room.Host.PreviewAsync(room.Ann, room.Id, """{"amount":20,"reason":"less"}""")).Take();

        preview.Before.GetRawText().ShouldBe("""{"amount":120,"pin":"***","to":"ann"}""");
        preview.After.GetRawText().ShouldBe("""{"amount":20,"pin":"***","reason":"less","to":"ann"}""");
        preview.Request.GetProperty("body").GetProperty("amount").GetInt32().ShouldBe(20);
        preview.Request.GetRawText().ShouldNotContain("canary");
        (preview.Summary, preview.Revision, preview.DecidesAlone, preview.DecisionCode).ShouldBe(("Pay 20 to ann", 2, true, null));
        preview.Reasons.ShouldBe(["review:review[0]"]);
        var standing = await room.Host.ApprovalAsync(room.Ann, room.Id);
        (standing.State, standing.Revision, standing.Summary).ShouldBe((ApprovalState.Pending, 1, "Pay 120 to ann"));
    }

    [Theory]
    [InlineData("""{"to":"eve"}""", "not_modifiable")]
    [InlineData("""{"amount":20,"to":"eve"}""", "not_modifiable")]
    [InlineData("""{"pin":"0000"}""", "not_modifiable")]
    [InlineData("""{"pin":null}""", "not_modifiable")]
    [InlineData("""{"Amount":20}""", "not_modifiable")]
    [InlineData("""{"_reasoning":"trust me"}""", "not_modifiable")]
    [InlineData("""{"amount":120.0}""", "not_modifiable")]
    [InlineData("""{"reason":null}""", "not_modifiable")]
    [InlineData("{}", "not_modifiable")]
    [InlineData("[]", "not_modifiable")]
    [InlineData("null", "not_modifiable")]
    [InlineData("""{"amount":-1}""", "invalid_arguments")]
    [InlineData("""{"amount":"20"}""", "invalid_arguments")]
    [InlineData("""{"amount":null}""", "invalid_arguments")]
    [InlineData("""{"amount":{"value":20}}""", "invalid_arguments")]
    [InlineData("""{"reason":"longer than the schema lets it be"}""", "invalid_arguments")]
    [InlineData("""{"amount":20,"amount":30}""", "arguments_not_canonical")]
    [InlineData("""{"amount":49.999999999999999999}""", "arguments_not_canonical")]
    [InlineData("""{"amount":2000}""", "forbidden_by_policy")]
    public async Task ModifyAsync_WhatMayNotBe_IsRefused_AndChangesNothing(string changes, string code)
    {
        await using var room = await Room.OpenAsync();

        var refused = (await room.Host.PreviewAsync(room.Ann, room.Id, changes)).Refusal.ShouldNotBeNull();
        var confirmed = (await room.Host.ConfirmAsync(room.Ann, room.Id, changes, "sha256:anything")).Refusal.ShouldNotBeNull();

        (refused.Code.Value, confirmed.Code.Value).ShouldBe((code, code));
        refused.Problems.IsDefaultOrEmpty.ShouldBe(code is not ("invalid_arguments" or "arguments_not_canonical"));
        (await room.Host.ApprovalAsync(room.Ann, room.Id)).Revision.ShouldBe(1);
        (await room.Host.VoteAsync(room.Ann, room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task ModifyAsync_IntoWhatAlreadyStandsOrHasJustRun_IsRefused_SoThatItRunsOnce()
    {
        await using var room = await Room.OpenAsync();
        var other = await room.Host.HeldAsync(room.Agent, PayManifest.Arguments.Replace("120", "20", StringComparison.Ordinal));

        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldNotBeNull().Code.Value.ShouldBe("already_stands");
        (await room.Host.VoteAsync(room.Ann, other)).Take();
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldNotBeNull().Code.Value.ShouldBe("already_stands");
        await room.Host.DoDueWorkAsync();
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldNotBeNull().Code.Value.ShouldBe("already_stands");

        room.Bodies.Count.ShouldBe(1);
        (await room.Host.ApprovalAsync(room.Ann, room.Id)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task ModifyAsync_OneYesIsEnough_RunsExactlyTheChangedRequestOnce_AndKeepsWhatIsSensitive()
    {
        await using var room = await Room.OpenAsync();

        var receipt = (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Take();
        (receipt.WasRecorded, receipt.Approval.State, receipt.Approval.Revision).ShouldBe((true, ApprovalState.Approved, 2));
        await room.Host.DoDueWorkAsync();
        await room.Host.DoDueWorkAsync();

        room.Bodies.ShouldBe(["""{"amount":20,"pin":"canary","to":"ann"}"""]);
        var told = await room.Host.ApprovalAsync(room.Agent, room.Id);
        (told.State, told.Summary).ShouldBe((ApprovalState.Succeeded, "Pay 20 to ann"));
        told.Modification!.Original.GetRawText().ShouldBe("""{"amount":120,"pin":"***","to":"ann"}""");
        told.Modification.Current.GetRawText().ShouldBe("""{"amount":20,"pin":"***","to":"ann"}""");
        (told.Modification.Note, told.Modification.ModifiedBy).ShouldBe(("The rest is not owed.", "acme/touchstage/ann%40example.com"));
    }

    [Fact]
    public async Task ModifyAsync_ForbiddenToTheModifierAlone_IsRefused()
    {
        await using var room = await Room.OpenAsync(PayManifest.With(rules: """forbid: 'args.amount < 50.0 && !("finance" in caller.roles)'"""), agentRole: "finance");
        var finance = await room.Host.ApproverAsync("acme", "fin@example.com", "support", "finance");

        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal!.Code.Value.ShouldBe("forbidden_by_policy");
        (await room.Host.ModifyAsync(finance, room.Id, Twenty)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await room.Host.DoDueWorkAsync();

        room.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ModifyAsync_ForbiddenToTheRequesterAlone_IsRefused()
    {
        await using var room = await Room.OpenAsync(PayManifest.With(rules: """forbid: 'args.amount < 50.0 && !("finance" in caller.roles)'"""));
        var finance = await room.Host.ApproverAsync("acme", "fin@example.com", "support", "finance");

        (await room.Host.ModifyAsync(finance, room.Id, Twenty)).Refusal!.Code.Value.ShouldBe("forbidden_by_policy");
    }

    [Fact]
    public async Task ModifyAsync_ForbiddenToTheModifierByExecution_RefusesWhatTheyApproved()
    {
        await using var room = await Room.OpenAsync(agentRole: "finance");
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();

        await room.Host.ReloadAsync(PayManifest.With(rules: """forbid: 'args.amount < 50.0 && !("finance" in caller.roles)'"""));
        await room.Host.DoDueWorkAsync();

        var approval = await room.Host.ApprovalAsync(room.Agent, room.Id);
        (approval.State, approval.ClosingCode).ShouldBe((ApprovalState.Refused, "forbidden_by_policy"));
        room.Bodies.ShouldBeEmpty();
    }

    [Fact]
    public async Task PreviewAsync_ReviewForTheModifierAlone_ShowsItsReasonAsTheModifiers()
    {
        await using var room = await Room.OpenAsync(PayManifest.With(rules: """review: '"intern" in caller.roles'"""));
        var intern = await room.Host.ApproverAsync("acme", "intern@example.com", "support", "intern");

        var preview = (await room.Host.PreviewAsync(intern, room.Id, Twenty)).Take();

        preview.Reasons.ShouldBe(["review:review[0]", "review:review[2]"]);
        preview.Findings.EnumerateArray().Single(finding => finding.TryGetProperty("as", out _)).GetProperty("rule").GetString().ShouldBe("review[2]");
        (await room.Host.ModifyAsync(intern, room.Id, Twenty)).Refusal.ShouldBeNull();
        await room.Host.DoDueWorkAsync();
        room.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ModifyAsync_QuorumOfTwo_VotesFall_AndTheModifierIsNotOneOfThem()
    {
        await using var room = await Room.OpenAsync(PayManifest.With("quorum: 2"));
        var (bob, cid, dan) = (await room.ApproverAsync("bob"), await room.ApproverAsync("cid"), await room.ApproverAsync("dan"));
        (await room.Host.VoteAsync(bob, room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);

        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        await room.Host.VoteAsync(room.Ann, room.Id);
        (await room.Host.VoteAsync(cid, room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        await room.Host.DoDueWorkAsync();
        room.Bodies.ShouldBeEmpty();
        (await room.Host.VoteAsync(dan, room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
        await room.Host.DoDueWorkAsync();

        room.Bodies.ShouldHaveSingleItem().ShouldContain("\"amount\":20");
    }

    [Fact]
    public async Task ModifyAsync_QuorumOfTwo_APersonBehindTheModifierIsNotAnother()
    {
        await using var room = await Room.OpenAsync(PayManifest.With("quorum: 2"));
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();
        var second = await room.Host.KeyAsync(SessionKind.Approver, "ann.private@example.com", person: "ANN@example.com");

        await room.Host.VoteAsync(second, room.Id);
        (await room.Host.VoteAsync(await room.ApproverAsync("bob"), room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Pending);
        (await room.Host.VoteAsync(await room.ApproverAsync("cid"), room.Id)).Take().Approval.State.ShouldBe(ApprovalState.Approved);
    }

    [Fact]
    public async Task ModifyAsync_QuorumOfTwo_AModifierWhoIsRevokedStopsIt()
    {
        await using var room = await Room.OpenAsync(PayManifest.With("quorum: 2"));
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();
        await room.Host.VoteAsync(await room.ApproverAsync("bob"), room.Id);
        await room.Host.VoteAsync(await room.ApproverAsync("cid"), room.Id);

        await room.Host.RevokeAsync(room.Ann);
        await room.Host.DoDueWorkAsync();

        (await room.Host.ApprovalAsync(room.Agent, room.Id)).ClosingCode.ShouldBe("votes_void");
        room.Bodies.ShouldBeEmpty();
    }

    [Fact]
    public async Task ModifyAsync_TheRulesChangedSinceThePreview_IsRefusedAndChangesNothing()
    {
        await using var room = await Room.OpenAsync();
        var preview = (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, withCode: true)).Take();
        await room.Host.ReloadAsync(PayManifest.With(path: "/v2/transfers"));

        (await room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, preview.RevisionDigest)).Refusal!.Code.ShouldBe(ApprovalRefusals.NewerRevision);
        (await room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, null, preview.DecisionCode, DecisionChannel.Prompt)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
        (await room.Host.ApprovalAsync(room.Ann, room.Id)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task ModifyAsync_AnotherChangeThanWasPreviewed_IsRefused()
    {
        await using var room = await Room.OpenAsync();
        var preview = (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, withCode: true)).Take();

        (await room.Host.ConfirmAsync(room.Ann, room.Id, """{"amount":21}""", preview.RevisionDigest)).Refusal!.Code.ShouldBe(ApprovalRefusals.NewerRevision);
        (await room.Host.ConfirmAsync(room.Ann, room.Id, """{"amount":21}""", null, preview.DecisionCode, DecisionChannel.Prompt)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
        (await room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, null, "", DecisionChannel.Prompt)).Refusal!.Code.ShouldBe(ApprovalRefusals.WrongCode);
        (await room.Host.ConfirmAsync(await room.ApproverAsync("bob"), room.Id, Twenty, preview.RevisionDigest)).Refusal!.Code.ShouldBe(ApprovalRefusals.NewerRevision);
        (await room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, null, preview.DecisionCode, DecisionChannel.Prompt)).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task ModifyAsync_TheSameAgain_ReportsItAndChangesNothing(int quorum, bool byCode)
    {
        await using var room = await Room.OpenAsync(PayManifest.With($"quorum: {quorum}"));
        var preview = (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, withCode: byCode)).Take();
        Task<Result<DecisionReceipt>> ConfirmAsync() => byCode
            ? room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, null, preview.DecisionCode, DecisionChannel.Prompt)
            : room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, preview.RevisionDigest);

        (await ConfirmAsync()).Take().WasRecorded.ShouldBeTrue();
        (await ConfirmAsync()).Take().WasRecorded.ShouldBeFalse();
        await room.Host.DoDueWorkAsync();
        (await ConfirmAsync()).Take().WasRecorded.ShouldBeFalse();
        await room.Host.DoDueWorkAsync();

        (await room.Host.ApprovalAsync(room.Ann, room.Id)).Revision.ShouldBe(2);
        room.Bodies.Count.ShouldBe(quorum is 1 ? 1 : 0);
    }

    [Theory]
    [InlineData("form", DecisionChannel.Prompt, "weak_door")]
    [InlineData("form", DecisionChannel.Cli, "weak_door")]
    [InlineData("form", DecisionChannel.Elicitation, null)]
    [InlineData("inbox", DecisionChannel.Elicitation, "weak_door")]
    [InlineData("inbox", DecisionChannel.Prompt, "weak_door")]
    [InlineData("inbox", DecisionChannel.Inbox, null)]
    public async Task ModifyAsync_ThroughAWeakDoor_IsRefused_AndNoCodeIsGivenForIt(string confirm, DecisionChannel channel, string? code)
    {
        await using var room = await Room.OpenAsync(PayManifest.With($"confirm: {confirm}"));

        (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, channel, withCode: true)).Take().DecisionCode.ShouldBeNull();
        ((await room.Host.VoteAsync(room.Ann, room.Id, channel: channel)).Refusal?.Code.Value).ShouldBe(code);
        if (code is not null)
        {
            (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty, channel)).Refusal!.Code.Value.ShouldBe(code);
            (await room.Host.VoteAsync(room.Ann, room.Id, VoteDecision.Reject, channel)).Take().Approval.State.ShouldBe(ApprovalState.Rejected);
        }
    }

    [Fact]
    public async Task ModifyAsync_TheManifestAsksForAStrongerDoorByNow_IsRefused()
    {
        await using var room = await Room.OpenAsync();
        var preview = (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, withCode: true)).Take();
        await room.Host.ReloadAsync(PayManifest.With("confirm: inbox"));

        (await room.Host.PreviewAsync(room.Ann, room.Id, Twenty, withCode: true)).Take().DecisionCode.ShouldBeNull();
        (await room.Host.ConfirmAsync(room.Ann, room.Id, Twenty, null, preview.DecisionCode, DecisionChannel.Prompt)).Refusal!.Code.ShouldBe(ApprovalRefusals.WeakDoor);
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();
        await room.Host.DoDueWorkAsync();

        room.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ModifyAsync_TheManifestAsksForAWeakerDoorByNow_TheOneItWasHeldUnderStillHolds()
    {
        await using var room = await Room.OpenAsync(PayManifest.With("confirm: inbox"));
        await room.Host.ReloadAsync(PayManifest.With());

        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty, DecisionChannel.Cli)).Refusal!.Code.ShouldBe(ApprovalRefusals.WeakDoor);
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task ModifyAsync_BackToWhatWasAsked_RunsThat_AndNothingElse()
    {
        await using var room = await Room.OpenAsync(PayManifest.With("quorum: 2"));
        var (bob, cid) = (await room.ApproverAsync("bob"), await room.ApproverAsync("cid"));
        (await room.Host.ModifyAsync(room.Ann, room.Id, Twenty)).Refusal.ShouldBeNull();
        (await room.Host.ModifyAsync(bob, room.Id, """{"amount":120}""")).Take().Approval.Revision.ShouldBe(3);

        await room.Host.VoteAsync(room.Ann, room.Id);
        await room.Host.VoteAsync(cid, room.Id);
        await room.Host.DoDueWorkAsync();

        room.Bodies.ShouldHaveSingleItem().ShouldContain("\"amount\":120");
    }

    [Fact]
    public async Task ModifyAsync_TooLate_IsToldWhy()
    {
        await using var room = await Room.OpenAsync();
        await room.Host.VoteAsync(room.Ann, room.Id);
        (await room.Host.ModifyAsync(await room.ApproverAsync("bob"), room.Id, Twenty)).Refusal!.Reason.ShouldStartWith("ann@example.com approved it before.");

        await using var late = await Room.OpenAsync();
        late.Host.Time.Advance(TimeSpan.FromHours(24));
        foreach (var refusal in (Refusal?[])[(await late.Host.ModifyAsync(late.Ann, late.Id, Twenty)).Refusal, (await late.Host.VoteAsync(late.Ann, late.Id)).Refusal, (await late.Host.WithdrawAsync(late.Agent, late.Id)).Refusal])
        {
            refusal!.Code.ShouldBe(ApprovalRefusals.Decided);
            refusal.Reason.ShouldStartWith("It has expired.");
        }
    }

    /// <summary>One payment of acme's agent that waits, and ann who may decide it.</summary>
    private sealed class Room : IAsyncDisposable
    {
        public required FakeUpstream Upstream { get; init; }

        public required TouchstageHost Host { get; init; }

        public required string Agent { get; init; }

        public required string Ann { get; init; }

        public required string Id { get; init; }

        /// <summary>What the upstream was sent.</summary>
        public IReadOnlyList<string> Bodies => [.. Upstream.Exchanges.Select(exchange => Encoding.UTF8.GetString(exchange.Body))];

        public static async Task<Room> OpenAsync(Dictionary<string, string>? manifests = null, string agentRole = "support")
        {
            var upstream = FakeUpstream.Answering(200, "application/json", """{"id":"pay_1"}""");
            var host = await TouchstageHost.StartAsync(upstream.BaseUrl, manifests ?? PayManifest.With());
            var agent = await host.AgentAsync(roles: agentRole);
            return new() { Upstream = upstream, Host = host, Agent = agent, Ann = await host.ApproverAsync(subject: "ann@example.com"), Id = await host.HeldAsync(agent) };
        }

        public Task<string> ApproverAsync(string name) => Host.ApproverAsync(subject: $"{name}@example.com");

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}

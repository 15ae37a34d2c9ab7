using System.Text;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tests.Prompts;

public sealed class ReviewFormTests
{
    public static TheoryData<string> Doors => ["http 2025-06-18", "http 2025-11-25", "http 2026-07-28", "sse", "streams 2025-11-25", "streams 2026-07-28"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Review_ApprovedInTheForm_IsBoundToWhatWasShownAndExecutedOnce(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var (agent, person) = (await server.ClientAsync(await server.Host.AgentAsync()), new Person().Says(new { decision = "approve", note = "ok" }));
        var approver = await server.ThroughAsync(door, await server.Host.ApproverAsync(), person.Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith($"Recorded: you said yes to {id}");

        var shown = person.Shown.ShouldHaveSingleItem();
        shown.Message.ShouldContain("Refund 80 of payment pay_1");
        shown.Message.ShouldNotContain("Decision code:");
        shown.Message.TrimEnd().ShouldEndWith("Cancel, and nothing is recorded.");
        var decision = shown.RequestedSchema!.Properties["decision"].ShouldBeOfType<ElicitRequestParams.UntitledSingleSelectEnumSchema>();
        decision.Enum.ShouldBe(["approve", "reject", "modify"]);
        decision.Default.ShouldBeNull();
        shown.RequestedSchema.Required.ShouldBe(["decision"]);
        (await agent.WhenDoneAsync(id)).ShouldBe("succeeded");
        server.Upstream.Exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(1);
        var votes = (await server.Host.ApprovalAsync(await server.Host.ApproverAsync(), id)).Case!.Votes;
        votes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(vote => vote.Channel.ShouldBe("elicitation"), vote => vote.Reason.ShouldBe("ok"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Review_Modified_ShowsThePreviewAndExecutesTheChangeAfterItsConfirmation(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var (agent, person) = (await server.ClientAsync(await server.Host.AgentAsync()), new Person().Says(new { decision = "modify", note = "half of it", change_amount = 60 }).Says(new { confirm = "confirm" }));
        var approver = await server.ThroughAsync(door, await server.Host.ApproverAsync(), person.Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith($"Recorded: you changed {id}");

        person.Shown.Count.ShouldBe(2);
        var amount = person.Shown[0].RequestedSchema!.Properties["change_amount"].ShouldBeOfType<ElicitRequestParams.NumberSchema>();
        amount.Default.ShouldBe(80);
        person.Shown[0].RequestedSchema!.Properties.Keys.ShouldNotContain("change_payment_id");
        person.Shown[0].RequestedSchema!.Properties.Keys.ShouldNotContain("change_card_note");
        person.Shown[1].Message.ShouldContain("- amount: 80");
        person.Shown[1].Message.ShouldContain("+ amount: 60");
        (await agent.WhenDoneAsync(id)).ShouldBe("succeeded");
        Encoding.UTF8.GetString(server.Upstream.Exchanges.Single(exchange => exchange.Method == "POST").Body).ShouldContain("60");
        var told = await agent.CheckAsync(id);
        told.GetProperty("modification").GetProperty("proposed").GetProperty("amount").GetDouble().ShouldBe(80);
        told.GetProperty("modification").GetProperty("current").GetProperty("amount").GetDouble().ShouldBe(60);
        told.GetProperty("next").GetString()!.ShouldContain("do not propose the original again");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Review_RejectedInTheForm_TellsTheAgentReasonAndTag(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var (agent, person) = (await server.ClientAsync(await server.Host.AgentAsync()), new Person().Says(new { decision = "reject", note = "not this month", tag = "wrong_action" }));
        var approver = await server.ThroughAsync(door, await server.Host.ApproverAsync(), person.Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("Recorded: you said no");

        var told = await agent.CheckAsync(id);
        told.GetProperty("status").GetString().ShouldBe("rejected");
        told.GetProperty("closing").GetProperty("tag").GetString().ShouldBe("wrong_action");
        told.GetProperty("next").GetString()!.ShouldContain("The reason: not this month.");
        told.GetProperty("next").GetString()!.ShouldContain("the wrong thing to do");
    }

    [Theory]
    [InlineData("http 2025-11-25", "decline")]
    [InlineData("http 2026-07-28", "decline")]
    [InlineData("http 2025-11-25", "cancel")]
    [InlineData("http 2026-07-28", "cancel")]
    public async Task Review_FormClosed_RecordsNothingAndSaysSo(string door, string action)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ThroughAsync(door, await server.Host.ApproverAsync(), new Person().Closes(action).Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("No decision was recorded.");

        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("")]
    public async Task Review_ChangeNotConfirmed_LeavesWhatWasProposed(string confirm)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), new Person().Says(new { decision = "modify", change_amount = 60 }).Says(new { confirm }).Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("No decision was recorded. The change was not confirmed");

        var told = await agent.CheckAsync(id);
        (told.GetProperty("status").GetString(), told.GetProperty("revision").GetInt32()).ShouldBe(("pending", 1));
    }

    [Fact]
    public async Task Review_ApproveWithAChangedField_RecordsNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), new Person().Says(new { decision = "approve", change_amount = 20 }).Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("No decision was recorded. You chose approve and changed amount");

        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Fact]
    public async Task Review_UntouchedAndEmptyFields_AreNoChanges()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), new Person().Says(new { decision = "approve", change_amount = 80.0, change_reason = "", note = "" }).Client());
        var id = await RunningServer.HoldAsync(agent);

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("Recorded: you said yes");
    }

    [Fact]
    public async Task Review_FieldsOfEveryKind_AreFlatAndHoldWhatStands()
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("modify: [amount, speed, count, is_final, text, lines]"));
        var person = new Person().Closes("cancel");
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), person.Client());
        var id = await HoldAsync(server, """{"account":"acc_1","amount":2.5,"speed":"slow","count":3,"is_final":true,"lines":["a"],"pin":"1234"}""");

        await approver.PromptAsync("review", ("id", id));

        var fields = person.Shown.Single().RequestedSchema!.Properties;
        fields.Keys.ShouldBe(["decision", "note", "tag", "change_amount", "change_speed", "change_count", "change_is_final", "change_text"], ignoreOrder: true);
        fields["change_speed"].ShouldBeOfType<ElicitRequestParams.UntitledSingleSelectEnumSchema>().ShouldSatisfyAllConditions(f => f.Enum.ShouldBe(["slow", "fast"]), f => f.Default.ShouldBe("slow"));
        fields["change_count"].ShouldBeOfType<ElicitRequestParams.NumberSchema>().ShouldSatisfyAllConditions(f => f.Type.ShouldBe("integer"), f => f.Default.ShouldBe(3), f => f.Minimum.ShouldBe(1));
        fields["change_is_final"].ShouldBeOfType<ElicitRequestParams.BooleanSchema>().Default.ShouldBe(true);
        fields["change_text"].ShouldBeOfType<ElicitRequestParams.StringSchema>().ShouldSatisfyAllConditions(f => f.MaxLength.ShouldBe(100), f => f.Default.ShouldBeNull());
        person.Shown.Single().Message.ShouldContain("lines: to be changed with the prompt modify");
        person.Shown.Single().Message.ShouldNotContain("1234");
    }

    [Theory]
    [InlineData("rent for May", "rent for May")]
    [InlineData("\\u001b[2Jrent", null)]
    [InlineData("rent \\u202e08", null)]
    [InlineData("rent\\u034f", null)]
    public async Task Review_TextThatDoesNotReadAsItIs_FillsNoField(string text, string? offered)
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("modify: [text]"));
        var person = new Person().Closes("cancel");
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), person.Client());
        var id = await HoldAsync(server, $$"""{"account":"acc_1","amount":2.5,"text":"{{text}}"}""");

        await approver.PromptAsync("review", ("id", id));

        person.Shown.Single().RequestedSchema!.Properties["change_text"].ShouldBeOfType<ElicitRequestParams.StringSchema>().Default.ShouldBe(offered);
    }

    [Theory]
    [InlineData("http 2025-11-25")]
    [InlineData("http 2026-07-28")]
    public async Task Review_CapabilityThatDemandsTheInbox_OpensItAndTakesNoFormAndNoCode(string door)
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("confirm: inbox"), inboxUrl: "https://inbox.example/inbox");
        var person = new Person().Says(new { });
        var approver = await server.ThroughAsync(door, await server.Host.ApproverAsync(), person.Client(url: true));
        var id = await HoldAsync(server, """{"account":"acc_1","amount":2.5}""");

        (await approver.PromptAsync("review", ("id", id))).ShouldBe($"The inbox was opened; the decision is made there, and this prompt recorded none. {id} is pending.");

        person.Shown.Single().ShouldSatisfyAllConditions(asked => asked.Mode.ShouldBe("url"), asked => asked.Url.ShouldBe($"https://inbox.example/inbox/approvals/{id}"));
        var plain = await (await server.ClientAsync(await server.Host.ApproverAsync())).PromptAsync("review", ("id", id));
        plain.ShouldContain($"transfer is approved or changed only in the inbox: https://inbox.example/inbox/approvals/{id}");
        plain.ShouldNotContain("Decision code");
    }

    [Fact]
    public async Task Review_CapabilityThatDemandsAForm_GivesNoCodeToAClientWithoutForms()
    {
        await using var server = await RunningServer.StartAsync(manifests: Manifests.Transfer("confirm: form"));
        var approver = await server.ClientAsync(await server.Host.ApproverAsync());
        var id = await HoldAsync(server, """{"account":"acc_1","amount":2.5}""");

        var shown = await approver.PromptAsync("review", ("id", id));

        shown.ShouldContain("transfer is approved or changed only in a form, which this client does not show, or in the inbox.");
        shown.ShouldNotContain("Decision code");
        (await approver.PromptAsync("modify", ("id", id), ("changes", """{"amount":1}"""))).ShouldContain("only in a form");
        (await approver.PromptAsync("reject", ("id", id), ("reason", "no"))).ShouldStartWith("Recorded: you said no");
    }

    [Fact]
    public async Task Review_ClientThatOnlyOpensAddresses_IsSentToTheInbox()
    {
        await using var server = await RunningServer.StartAsync(inboxUrl: "https://inbox.example/inbox");
        var person = new Person().Closes("decline");
        var approver = await server.ThroughAsync("http 2026-07-28", await server.Host.ApproverAsync(), person.Client(form: false, url: true));
        var id = await RunningServer.HoldAsync(await server.ClientAsync(await server.Host.AgentAsync()));

        (await approver.PromptAsync("review", ("id", id))).ShouldBe($"No decision was recorded. The inbox was not opened. {id} is pending.");
        person.Shown.Single().Mode.ShouldBe("url");
    }

    // Over HTTP the answer does not even get in; on streams it does, and is found to come from nobody.
    [Theory]
    [InlineData("streams 2025-11-25")]
    [InlineData("streams 2026-07-28")]
    [InlineData("http 2026-07-28")]
    public async Task Review_SessionRevokedWhileTheFormIsOpen_DecidesNothing(string door)
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var id = await RunningServer.HoldAsync(agent);
        var key = await server.Host.ApproverAsync();
        var person = new Person().Says(new { decision = "approve" }, () => server.RevokeAsync(key));
        var approver = await server.ThroughAsync(door, key, person.Client());

        await Should.ThrowAsync<Exception>(() => approver.PromptAsync("review", ("id", id)));

        person.Shown.Count.ShouldBe(1);
        (await agent.CheckAsync(id)).GetProperty("status").GetString().ShouldBe("pending");
    }

    private static async Task<string> HoldAsync(RunningServer server, string arguments) =>
        (await server.Host.CallAsync(await server.Host.AgentAsync(), "transfer", arguments)).Approval!.Id;
}

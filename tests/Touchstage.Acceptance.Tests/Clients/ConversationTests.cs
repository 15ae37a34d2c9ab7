using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>What an agent and an approver go through, over every door and in both eras of the protocol, with the C# client.</summary>
[Collection(SampleCollection.Name)]
public sealed class ConversationTests(SampleDeployment deployment)
{
    public static TheoryData<string> Doors => ["http 2025-11-25", "http 2026-07-28", "stdio 2025-11-25", "stdio 2026-07-28", "sse"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_agent_lists_the_tools_of_its_tenant_in_a_fixed_order(string door)
    {
        var agent = await deployment.ConnectAsync(door, deployment.Agent);

        var tools = await agent.Client.ListToolsAsync();

        var names = tools.Select(tool => tool.Name).ToList();
        names[^2..].ShouldBe(["touchstage_check_approval", "touchstage_withdraw_approval"]);
        names.SkipLast(2).ShouldBe(names.SkipLast(2).Order(StringComparer.Ordinal));
        names.ShouldContain("delete_project");
        var refund = tools.Single(tool => tool.Name == "refund_user").ProtocolTool;
        refund.Annotations!.DestructiveHint.ShouldBe(true);
        refund.InputSchema.GetProperty("properties").GetProperty("amount").Text("type").ShouldBe("number");
        refund.OutputSchema!.Value.GetProperty("required")[0].GetString().ShouldBe("status");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_allowed_call_is_carried_out_at_once(string door)
    {
        var agent = await deployment.ConnectAsync(door, deployment.Agent);

        var answer = await agent.AnswerAsync("update_customer", new { customer_id = "cus_3", name = $"Chloe {door}" });

        answer.Text("status").ShouldBe("completed", answer.GetRawText());
        answer.GetProperty("result").Text("name").ShouldBe($"Chloe {door}");
        var received = (await deployment.JournalAsync()).Where(entry => entry.Txn == answer.Text("step"));
        received.Single().ShouldSatisfyAllConditions(entry => entry.Method.ShouldBe("PATCH"), entry => entry.Scope.ShouldBe("update_customer"), entry => entry.Status.ShouldBe(200));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_held_call_is_reviewed_approved_and_executed_once_and_the_agent_is_told(string door)
    {
        var (agent, approver) = (await deployment.ConnectAsync(door, deployment.Agent), await deployment.ConnectAsync(door, deployment.Approver));
        var email = Address(door, "new-admin");

        var held = await agent.CallAsync("invite_member", new { email, role = "admin" });

        held.IsError.ShouldNotBe(true);
        var approval = held.StructuredContent!.Value.GetProperty("approval");
        var (id, uri) = (approval.Text("id"), approval.Text("uri"));
        held.Content.OfType<ResourceLinkBlock>().Single().Uri.ShouldBe(uri);
        ((TextResourceContents)held.Content.OfType<EmbeddedResourceBlock>().Single().Resource).Uri.ShouldBe(uri);
        (await deployment.JournalAsync()).ShouldNotContain(entry => entry.Body.Contains(email, StringComparison.Ordinal));

        await using var watch = await Watch.OnAsync(agent, uri);
        (await approver.PromptAsync("review_queue")).ShouldContain(id);
        var said = await approver.PromptAsync("approve", ("id", id), ("code", await approver.DecisionCodeAsync(id)));
        said.ShouldContain("you said yes");

        var settled = await watch.UntilAsync("succeeded");
        settled.GetProperty("outcome").GetProperty("result").Text("email").ShouldBe(email);
        var check = await agent.AnswerAsync("touchstage_check_approval", new { approval_id = id });
        check.Text("status").ShouldBe("succeeded");
        check.Text("step").ShouldBe(settled.Text("step"));
        (await deployment.JournalAsync()).Single(entry => entry.Body.Contains(email, StringComparison.Ordinal)).Txn.ShouldBe(settled.Text("step"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Ids_are_completed_for_approvers_and_a_wait_tells_how_it_goes(string door)
    {
        var (agent, approver) = (await deployment.ConnectAsync(door, deployment.Agent), await deployment.ConnectAsync(door, deployment.Approver));
        var id = await agent.HeldAsync("invite_member", new { email = Address(door, "completed"), role = "admin" });
        var told = new TaskCompletionSource<ProgressNotificationValue>(TaskCreationOptions.RunContinuationsAsynchronously);

        var completed = await approver.Client.CompleteAsync(new PromptReference { Name = "approve" }, "id", id);
        var waiting = agent.Client.CallToolAsync(
            "touchstage_check_approval",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["approval_id"] = id, ["wait_seconds"] = 50 },
            new Progress(value => told.TrySetResult(value)));

        completed.Completion.Values.Single().ShouldStartWith(id);
        var progress = await told.Task.WaitAsync(TimeSpan.FromMinutes(2));
        (progress.Total, progress.Message).ShouldSatisfyAllConditions(told => told.Total.ShouldBe(50), told => told.Message!.ShouldContain("Nobody has decided yet"));
        await approver.PromptAsync("reject", ("id", id), ("reason", "Not now."));
        (await waiting).StructuredContent!.Value.Text("status").ShouldBe("rejected");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_rejected_call_is_not_executed_and_stays_refused(string door)
    {
        var (agent, approver) = (await deployment.ConnectAsync(door, deployment.Agent), await deployment.ConnectAsync(door, deployment.Approver));
        var arguments = new { email = Address(door, "rejected"), role = "admin" };
        var id = await agent.HeldAsync("invite_member", arguments);

        (await approver.PromptAsync("reject", ("id", id), ("reason", "We know nobody of that name."))).ShouldContain("you said no");

        var again = await agent.CallAsync("invite_member", arguments);
        again.IsError.ShouldBe(true);
        again.StructuredContent!.Value.Text("code").ShouldBe("rejected");
        again.StructuredContent!.Value.Text("reason").ShouldContain("We know nobody of that name.");
        (await deployment.JournalAsync()).ShouldNotContain(entry => entry.Body.Contains(arguments.email, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_forbidden_call_is_refused_with_its_reason(string door)
    {
        var agent = await deployment.ConnectAsync(door, deployment.Agent);

        var answer = await agent.CallAsync("refund_user", new { payment_id = "pay_1005", amount = 1500 });

        answer.IsError.ShouldBe(true);
        answer.StructuredContent!.Value.Text("code").ShouldBe("forbidden_by_policy");
        answer.StructuredContent!.Value.Text("reason").ShouldContain("go through finance");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Wrong_arguments_are_told_by_path_rule_and_expectation(string door)
    {
        var agent = await deployment.ConnectAsync(door, deployment.Agent);

        var answer = await agent.CallAsync("refund_user", new { payment_id = "PAY-1", amount = -3, colour = "red" });

        answer.IsError.ShouldBe(true);
        var envelope = answer.StructuredContent!.Value;
        envelope.Text("code").ShouldBe("invalid_arguments");
        var problems = envelope.GetProperty("problems").EnumerateArray().Select(problem => (problem.Text("path"), problem.Text("rule"))).ToList();
        problems.ShouldContain(("/payment_id", "pattern"));
        problems.ShouldContain(("/amount", "exclusiveMinimum"));
        problems.ShouldContain(problem => problem.Item1 == "/colour" || problem.Item2 == "additionalProperties");
        envelope.GetProperty("problems").EnumerateArray().ShouldAllBe(problem => problem.Text("expected").Length > 0);
        answer.Content.OfType<TextContentBlock>().First().Text.ShouldContain("/amount");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_tool_of_another_tenant_looks_like_one_that_does_not_exist(string door)
    {
        var stranger = await deployment.ConnectAsync(door, deployment.Stranger);

        var foreign = await Should.ThrowAsync<McpProtocolException>(() => stranger.CallAsync("delete_project", new { project_id = "prj_1" }));
        var unknown = await Should.ThrowAsync<McpProtocolException>(() => stranger.CallAsync("delete_universe", new { project_id = "prj_1" }));

        foreign.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        unknown.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        foreign.Message.ShouldBe(unknown.Message.Replace("delete_universe", "delete_project", StringComparison.Ordinal));
        (await stranger.Client.ListToolsAsync()).ShouldNotContain(tool => tool.Name == "delete_project");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_approval_of_another_tenant_looks_like_one_that_does_not_exist(string door)
    {
        var (agent, stranger) = (await deployment.ConnectAsync(door, deployment.Agent), await deployment.ConnectAsync(door, deployment.Stranger));
        var id = await agent.HeldAsync("invite_member", new { email = Address(door, "foreign"), role = "admin" });
        const string nobodys = "apr_00000000000000000000000000";

        var foreign = await stranger.AnswerAsync("touchstage_check_approval", new { approval_id = id });
        var unknown = await stranger.AnswerAsync("touchstage_check_approval", new { approval_id = nobodys });

        foreign.Text("code").ShouldBe("unknown_approval");
        foreign.GetRawText().Replace(id, nobodys, StringComparison.Ordinal).ShouldBe(unknown.GetRawText());
        var unread = await Should.ThrowAsync<McpProtocolException>(() => stranger.ReadAsync($"touchstage://approvals/{id}"));
        unread.ErrorCode.ShouldBe(door.EndsWith("2025-11-25", StringComparison.Ordinal) ? McpErrorCode.ResourceNotFound : unread.ErrorCode);
        unread.Message.ShouldContain("not found");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_agent_sees_no_prompts_and_cannot_decide(string door)
    {
        var agent = await deployment.ConnectAsync(door, deployment.Agent);
        var id = await agent.HeldAsync("invite_member", new { email = Address(door, "mine"), role = "admin" });

        (await agent.Client.ListPromptsAsync()).ShouldBeEmpty();
        foreach (var prompt in new[] { "review_queue", "review", "approve", "reject", "modify" })
        {
            (await Should.ThrowAsync<McpProtocolException>(() => agent.PromptAsync(prompt, ("id", id), ("reason", "no"), ("code", "0000-0000")))).Message.ShouldContain("Unknown prompt");
        }

        (await agent.AnswerAsync("touchstage_check_approval", new { approval_id = id })).Text("status").ShouldBe("pending");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_approver_sees_prompts_and_no_tools(string door)
    {
        var approver = await deployment.ConnectAsync(door, deployment.Approver);

        (await approver.Client.ListToolsAsync()).ShouldBeEmpty();
        (await approver.Client.ListPromptsAsync()).Select(prompt => prompt.Name).Order(StringComparer.Ordinal).ShouldBe(["approve", "modify", "reject", "review", "review_queue"]);
        (await Should.ThrowAsync<McpProtocolException>(() => approver.CallAsync("list_projects", new { }))).Message.ShouldContain("Unknown tool");
        (await Should.ThrowAsync<McpProtocolException>(() => approver.CallAsync("touchstage_check_approval", new { approval_id = "apr_1" }))).Message.ShouldContain("Unknown tool");
    }

    private static string Address(string door, string what) => $"{what}-{door.Replace(' ', '-')}@acme.example";

    // Not System.Progress, which tells in no order and at no known time.
    private sealed class Progress(Action<ProgressNotificationValue> told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => told(value);
    }
}

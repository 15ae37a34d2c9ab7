using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Inbox;

/// <summary>The attacks on approvals, tried through the pages: each is named by its number.</summary>
public sealed class InboxAttackTests
{
    [Fact]
    public async Task A01_The_form_of_one_case_decides_no_other()
    {
        await using var server = await InboxServer.StartAsync();
        var (small, large) = (await server.HoldRefundAsync(60), await server.HoldRefundAsync(900, "pay_2"));
        using var boss = await server.SignedInAsync();
        var shown = (await boss.GetAsync(Case(small))).Fields(Case(small) + "/approve");

        (await boss.PostAsync(Case(large) + "/approve", shown)).Status.ShouldBe(HttpStatusCode.Conflict);

        await NothingHappensAsync(server, large);
    }

    [Fact]
    public async Task A02_What_changed_after_it_was_shown_is_not_what_was_approved()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        var shown = await ada.GetAsync(Case(id));
        await ModifyAsync(sam, id, ("arg-seats", "40"));

        (await ada.SubmitAsync(shown, Case(id) + "/approve")).Status.ShouldBe(HttpStatusCode.Conflict);

        (await server.ApprovalAsync(id)).Case!.Votes.ShouldBeEmpty();
        await NothingHappensAsync(server, id);
    }

    [Theory]
    [InlineData("arg-payment_id", "pay_2")]
    [InlineData("arg-card_note", "\"paid\"")]
    [InlineData("arg-capability", "close_account")]
    [InlineData("capability", "close_account")]
    [InlineData("changes", """{"payment_id":"pay_2"}""")]
    public async Task A03_A_change_reaches_no_other_capability_and_no_fixed_argument(string field, string value)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();

        await ModifyAsync(boss, id, ("arg-amount", "20"), (field, value));
        await server.DoDueWorkAsync();

        var sent = server.Upstream.Exchanges.Where(exchange => exchange.Method == "POST").ToArray();
        sent.ShouldAllBe(exchange => exchange.Target == "/v1/payments/pay_1/refunds");
        server.Sent.ShouldAllBe(body => !body.Contains("paid", StringComparison.Ordinal) && !body.Contains("pay_2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A04_The_original_does_not_run_beside_what_was_made_of_it()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        (await ModifyAsync(boss, id, ("arg-amount", "20"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await server.DoDueWorkAsync();

        var again = await RefundAsync(server, 80);

        (again.Status, again.Code).ShouldBe((ActionStatus.Refused, "modified_instead"));
        server.Sent.ShouldHaveSingleItem().ShouldContain("\"amount\":20");
    }

    [Fact]
    public async Task A06_Of_the_page_and_another_door_one_wins_and_the_other_is_told_who()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var shown = await boss.GetAsync(Case(id));
        (await server.Host.DecideAsync(await server.Host.ApproverAsync(subject: "cli@example.com"), id, VoteDecision.Reject, "No")).Refusal.ShouldBeNull();

        var late = await boss.SubmitAsync(shown, Case(id) + "/approve");

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Text.ShouldContain("cli@example.com rejected it before.");
        server.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A08_Asking_again_makes_no_second_row()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        (await server.HoldRefundAsync()).ShouldBe(id);
        using var boss = await server.SignedInAsync();

        (await boss.GetAsync("/inbox")).Html.Split($"href=\"{Case(id)}\"").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A09_A_person_linked_to_the_agent_does_not_decide_what_it_asked_for()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        var request = new SessionRequest("ann@example.com", null, SessionKind.Approver, ["support"], "test", TimeSpan.FromDays(1), "agent@example.com");
        (await server.Services.GetRequiredService<ISessionAdministration>().CreateAsync(TouchstageHost.TenantOf("acme"), request, default)).TryGet(out var session, out var no).ShouldBeTrue(no?.Reason);
        using var boss = await server.SignedInAsync();
        var revision = (await boss.GetAsync(Case(id))).Fields(Case(id) + "/approve")["revision"];
        using var linked = await server.UnderAsync(session!.Key.Reveal());
        var token = (await linked.GetAsync("/inbox/help")).Fields("/inbox/sign-out").Single();

        (await linked.PostAsync(Case(id) + "/approve", [token, new("revision", revision)])).Status.ShouldNotBe(HttpStatusCode.SeeOther);

        await NothingHappensAsync(server, id);
    }

    [Fact]
    public async Task A10_What_nobody_decided_in_time_is_over()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldClosingAsync();
        using var boss = await server.SignedInAsync();
        var shown = await boss.GetAsync(Case(id));
        server.Host.Time.Advance(TimeSpan.FromHours(7));

        (await boss.SubmitAsync(shown, Case(id) + "/approve")).Status.ShouldBe(HttpStatusCode.Conflict);
        await server.DoDueWorkAsync();

        (await server.ApprovalAsync(id)).State.ShouldBe(ApprovalState.Expired);
        server.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tenant", "acme")]
    [InlineData("approver", "boss@example.com")]
    [InlineData("roles", "support")]
    [InlineData("session", "ses_1")]
    [InlineData("caller", "acme/touchstage/boss%40example.com")]
    public async Task A12_A16_Who_decides_is_in_no_field_and_no_address(string field, string value)
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var revision = (await boss.GetAsync(Case(id))).Fields(Case(id) + "/approve")["revision"];
        using var stranger = await server.SignedInAsync("boss@example.com", "globex", "support");
        var token = (await stranger.GetAsync("/inbox/help")).Fields("/inbox/sign-out").Single();

        (await stranger.PostAsync($"{Case(id)}/approve?{field}={Uri.EscapeDataString(value)}", [token, new("revision", revision), new(field, value)])).Status.ShouldBe(HttpStatusCode.NotFound);

        await NothingHappensAsync(server, id);
    }

    [Fact]
    public async Task A17_The_form_token_of_one_person_is_nothing_in_anothers_browser()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var ada = await server.SignedInAsync("ada@example.com");
        using var sam = await server.SignedInAsync("sam@example.com");
        var adas = (await ada.GetAsync(Case(id))).Fields(Case(id) + "/approve");

        (await sam.PostAsync(Case(id) + "/approve", adas)).Status.ShouldNotBe(HttpStatusCode.SeeOther);

        await NothingHappensAsync(server, id);
    }

    [Fact]
    public async Task A26_A_rule_that_came_in_while_it_waited_is_shown_before_anything_runs()
    {
        await using var server = await InboxServer.StartAsync();
        var id = await server.HoldRefundAsync();
        using var boss = await server.SignedInAsync();
        var file = Path.Combine(server.Host.Folder, "capabilities", "billing", "refund_user.yaml");
        var stricter = (await File.ReadAllTextAsync(file)).Replace("policy:\n", "policy:\n  - review: args.amount > 70.0\n    because: Refunds over 70 are looked at.\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, stricter.Replace("args: { payment_id: pay_1, amount: 1000.01 }", "args: { payment_id: pay_1, amount: 2000 }", StringComparison.Ordinal)
            .Replace("forbid[1]", "forbid[2]", StringComparison.Ordinal).Replace("allow[0]", "allow[1]", StringComparison.Ordinal));
        var shown = await boss.GetAsync(Case(id));
        (await server.Services.GetRequiredService<IManifests>().ReloadAsync(default)).Problems.ShouldBeEmpty();

        await boss.SubmitAsync(shown, Case(id) + "/approve");
        await server.DoDueWorkAsync();

        var now = await server.ApprovalAsync(id);
        (now.State, now.Revision).ShouldBe((ApprovalState.Pending, 2));
        (await boss.GetAsync(Case(id))).Text.ShouldContain("Refunds over 70 are looked at.");
        server.Sent.ShouldBeEmpty();
    }

    private static string Case(string id) => $"/inbox/approvals/{id}";

    private static async Task NothingHappensAsync(InboxServer server, string id)
    {
        await server.DoDueWorkAsync();
        (await server.ApprovalAsync(id)).State.ShouldBe(ApprovalState.Pending);
        server.Sent.ShouldBeEmpty();
    }

    private static async Task<InboxPage> ModifyAsync(InboxBrowser browser, string id, params (string Name, string Value)[] typed)
    {
        var preview = await browser.SubmitAsync(await browser.GetAsync(Case(id) + "/modify"), Case(id) + "/modify/preview", typed);
        var fields = preview.Fields(Case(id) + "/modify/preview");
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        fields["previewed"] = preview.Outside("previewed") ?? "";
        return await browser.PostAsync(Case(id) + "/modify", fields);
    }

    private static async Task<ActionOutcome> RefundAsync(InboxServer server, double amount) =>
        await server.Services.GetRequiredService<IActions>().RunAsync(
            await server.Host.AgentAsync(), new("refund_user", $$"""{"payment_id":"pay_1","amount":{{amount}},"reason":"Arrived broken"}""", Narrative.None), default);
}

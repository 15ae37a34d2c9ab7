namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Whatever the other tenant's agent tries, it stays at home.</summary>
internal sealed class KeptApartScene : IScene
{
    public string Title => "Kept apart";

    public string Point => "Globex's agent has got hold of Acme's ids, and of the name of a tool that Globex does not have.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var payment = await play.CallAsync(play.Globex, "get_payment", Arguments.Of(("payment_id", "pay_1004")), cancellation);
        play.Say(Speaker.Agent, $"sees Globex's own pay_1004: refunded {payment.Result("refunded")}; Acme's was refunded in full");
        var received = await play.ReceivedAsync(cancellation);

        play.Say(Speaker.Agent, $"globex/helper reads touchstage://approvals/{play.HeldApproval}");
        var foreign = await play.Globex.ReadAsync($"touchstage://approvals/{play.HeldApproval}", cancellation);
        play.Say(Speaker.Policy, foreign is null ? "UNKNOWN  there is no such resource" : "SHOWN    Acme's approval", "red");
        var check = await play.CallAsync(play.Globex, "touchstage_check_approval", Arguments.Of(("approval_id", play.HeldApproval)), cancellation);
        var tool = await play.CallAsync(play.Globex, "delete_project", Arguments.Of(("project_id", "prj_1")), cancellation);
        var nothing = await play.CallAsync(play.Globex, "no_such_tool", Arguments.Of(("project_id", "prj_1")), cancellation);
        var smuggled = await play.CallAsync(play.Globex, "get_payment", Arguments.Of(("payment_id", "pay_1004"), ("tenant", "acme")), cancellation);
        var after = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("globex", cancellation);

        Play.Expect("the answer", "completed", payment.Status);
        Play.Expect("what of Globex's payment is refunded", "0", payment.Result("refunded"));
        Play.Expect("the accounts that were reached", "globex", string.Join(", ", received.Select(request => request.Account).Distinct(StringComparer.Ordinal)));
        Play.Expect("what reached it", "access token", string.Join(", ", received.Select(request => request.Credential).Distinct(StringComparer.Ordinal)));
        Play.Expect("Acme's approval as a resource", false, foreign is not null);
        Play.Expect("Acme's approval through the tool", "unknown_approval", check.Code);
        Play.Expect("a tool of Acme's", nothing.Fault?.Replace("no_such_tool", "delete_project", StringComparison.Ordinal), tool.Fault);
        Play.Expect("a tenant among the arguments", "invalid_arguments", smuggled.Code);
        Play.Expect("where it is wrong", true, smuggled.Problems.Any(problem => problem.Path.Contains("tenant", StringComparison.Ordinal) || problem.Expected.Contains("tenant", StringComparison.Ordinal)));
        Play.Expect("what was sent for all that", 0, after.Count);
        return "Globex's own access token reached Globex's account; what is Acme's looks like what does not exist";
    }
}

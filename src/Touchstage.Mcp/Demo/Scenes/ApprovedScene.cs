namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>A larger refund waits for a person, who says yes; the agent learns it by itself.</summary>
internal sealed class ApprovedScene : IScene
{
    public string Title => "Held, and approved by a person";

    public string Point => "120 is over the limit. The agent is not told an error; it is told to wait. The decision is a person's, in a session of their own, with a code for exactly what was shown.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var arguments = Arguments.Of(("payment_id", "pay_1004"), ("amount", 120), ("reason", "Never delivered"));
        var held = await play.CallAsync(play.Agent, "refund_user", arguments, cancellation);
        Play.Expect("the answer", "pending_approval", held.Status);
        var uri = held.ApprovalUri ?? "";
        play.HeldApproval = held.ApprovalId ?? "";
        Play.Expect("the changes in the product while it waits", 0, (await play.ReceivedAsync(cancellation)).Count(request => request.IsChange));

        play.Say(Speaker.Agent, $"subscribes to {uri} and waits");
        var (last, updates) = await play.Agent.FollowAsync(uri, Ended.Has, () => ApproveAsync(play, cancellation), cancellation);
        var status = Ended.Text(last, "status");
        play.ApprovedStep = Ended.Text(last, "step");
        play.Say(Speaker.Agent, $"is told by update {updates}: {status}, {play.ApprovedStep}");
        var changes = (await play.ReceivedAsync(cancellation)).Where(request => request.IsChange).ToList();
        play.Say(Speaker.Agent, "asks for the very same once more");
        var again = await play.CallAsync(play.Agent, "refund_user", arguments, cancellation);
        var after = await play.ReceivedAsync(cancellation);
        play.Say(Speaker.Policy, $"the answer above is the earlier step's: {again.Step}");
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("what the agent was told", "succeeded", status);
        Play.Expect("the changes in the product", 1, changes.Count);
        Play.Expect("the refund's step", play.ApprovedStep, changes[0].Txn);
        Play.ExpectIn("what the product did", "refunded 120 EUR of pay_1004", changes[0].Effect);
        Play.Expect("the changes after the agent asked for the same again", 0, after.Count(request => request.IsChange));
        Play.Expect("the step that the repeated call is answered with", play.ApprovedStep, again.Step);
        return "held, shown, approved, executed once; asking for it again did not do it again";
    }

    private static async Task ApproveAsync(Play play, CancellationToken cancellation)
    {
        var shown = await play.Approver.PromptAsync("review", Arguments.Of(("id", play.HeldApproval)), cancellation);
        foreach (var section in (string[])["What would be done", "What would be sent", "Why it was held"])
        {
            play.Say(Speaker.Person, CaseExcerpt.Of(shown, section));
        }

        var code = CaseExcerpt.CodeIn(shown);
        play.Say(Speaker.Person, $"acme/sam (support) says yes to exactly this, with the code {code}");
        var said = await play.Approver.PromptAsync("approve", Arguments.Of(("id", play.HeldApproval), ("code", code)), cancellation);
        Play.ExpectIn("the approver's answer", "you said yes", said);
    }
}

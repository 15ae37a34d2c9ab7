namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>A small refund to a verified customer needs nobody.</summary>
internal sealed class AllowedScene : IScene
{
    public string Title => "Allowed";

    public string Point => "A rule says yes: less than Acme's limit of 50, and the customer's e-mail address is verified. That last is not the agent's word; Touchstage asks the product itself.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var answer = await play.CallAsync(play.Agent, "refund_user", Arguments.Of(("payment_id", "pay_1001"), ("amount", 20), ("reason", "The mug arrived broken")), cancellation);
        var received = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the answer", "completed", answer.Status);
        var changes = received.Where(request => request.IsChange).ToList();
        Play.Expect("the changes in the product", 1, changes.Count);
        Play.Expect("the refund's account", "acme", changes[0].Account);
        Play.Expect("the refund's step", answer.Step, changes[0].Txn);
        Play.Expect("what the step token was good for", "refund_user", changes[0].Scope);
        Play.ExpectIn("what the product did", "refunded 20 EUR of pay_1001", changes[0].Effect);
        return "asked, judged, recorded, executed: one refund of 20 under one step";
    }
}

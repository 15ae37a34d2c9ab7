namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>What depends on a verified address does not happen without one.</summary>
internal sealed class VerifiedEmailScene : IScene
{
    public string Title => "Only for a verified e-mail address";

    public string Point => "The customer behind pay_1003 never confirmed the address. Whether that is so is the product's word, looked up for this one decision.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var receipt = await play.CallAsync(play.Agent, "send_receipt", Arguments.Of(("payment_id", "pay_1003")), cancellation);
        var refund = await play.CallAsync(play.Agent, "refund_user", Arguments.Of(("payment_id", "pay_1003"), ("amount", 20)), cancellation);
        var received = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the receipt", "refused", receipt.Status);
        Play.Expect("the receipt's code", "forbidden_by_policy", receipt.Code);
        Play.Expect("the refund of 20", "pending_approval", refund.Status);
        Play.Expect("the changes in the product", 0, received.Count(request => request.IsChange));
        Play.Expect("everything that was sent is a look-up", true, received.Count > 0 && received.All(request => request.Scope?.StartsWith("fact:", StringComparison.Ordinal) == true));
        return "the receipt is refused, the refund waits; nothing was sent but the look-ups";
    }
}

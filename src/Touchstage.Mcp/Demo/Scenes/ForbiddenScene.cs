namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Over a thousand there is no yes, from nobody.</summary>
internal sealed class ForbiddenScene : IScene
{
    public string Title => "Forbidden";

    public string Point => "Over 1,000 a rule forbids it. That is not held: there is nothing that a person could approve.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var answer = await play.CallAsync(play.Agent, "refund_user", Arguments.Of(("payment_id", "pay_1005"), ("amount", 2400)), cancellation);
        var received = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the answer", "refused", answer.Status);
        Play.Expect("its code", "forbidden_by_policy", answer.Code);
        Play.Expect("the approval", null, answer.ApprovalId);
        Play.Expect("the changes in the product", 0, received.Count(request => request.IsChange));
        return "refused for good, and the refusal is in the ledger";
    }
}

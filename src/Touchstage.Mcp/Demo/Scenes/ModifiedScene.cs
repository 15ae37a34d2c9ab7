using System.Text.Json;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>A person changes what was proposed; what they made of it runs, and the agent learns that, too.</summary>
internal sealed class ModifiedScene : IScene
{
    private const string Changes = """{ "amount": 60 }""";
    private const string Note = "Half of it: the other item arrived";

    public string Title => "Held, and changed by a person";

    public string Point => "Sam would refund half. The change is checked and judged like a call, for the agent and for Sam; what runs is what Sam confirmed, and not the original beside it.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var arguments = Arguments.Of(("payment_id", "pay_1006"), ("amount", 120), ("reason", "Never delivered"));
        var held = await play.CallAsync(play.Agent, "refund_user", arguments, cancellation);
        Play.Expect("the answer", "pending_approval", held.Status);
        var (id, uri) = (held.ApprovalId ?? "", held.ApprovalUri ?? "");

        var (last, _) = await play.Agent.FollowAsync(uri, Ended.Has, () => ModifyAsync(play, id, cancellation), cancellation);
        var (original, current) = (Amount(last, "proposed"), Amount(last, "current"));
        play.Say(Speaker.Agent, $"is told: {Ended.Text(last, "status")}; it asked for {original}, and {current} ran");
        var changes = (await play.ReceivedAsync(cancellation)).Where(request => request.IsChange).ToList();

        play.Say(Speaker.Agent, "asks for the original once more");
        var again = await play.CallAsync(play.Agent, "refund_user", arguments, cancellation);
        var after = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("what the agent was told", "succeeded", Ended.Text(last, "status"));
        Play.Expect("what it asked for", "120", original);
        Play.Expect("what ran", "60", current);
        Play.Expect("the changes in the product", 1, changes.Count);
        Play.ExpectIn("what the product did", "refunded 60 EUR of pay_1006", changes[0].Effect);
        Play.Expect("the original afterwards", "modified_instead", again.Code);
        Play.Expect("the changes after the agent asked for the original again", 0, after.Count(request => request.IsChange));
        return "60 went out, once; the original stays refused, because a person chose otherwise";
    }

    private static async Task ModifyAsync(Play play, string id, CancellationToken cancellation)
    {
        var shown = await play.Approver.PromptAsync("modify", Arguments.Of(("id", id), ("changes", Changes), ("note", Note)), cancellation);
        foreach (var section in (string[])["What differs (- as it is, + as it would be)", "What would be sent", "What the policy says"])
        {
            play.Say(Speaker.Person, CaseExcerpt.Of(shown, section));
        }

        var code = CaseExcerpt.CodeIn(shown);
        play.Say(Speaker.Person, $"acme/sam (support) confirms exactly this change, with the code {code}");
        var said = await play.Approver.PromptAsync("modify", Arguments.Of(("id", id), ("changes", Changes), ("note", Note), ("code", code)), cancellation);
        Play.ExpectIn("the approver's answer", id, said);
    }

    private static string Amount(JsonElement? approval, string which) =>
        approval is { } there && there.TryGetProperty("modification", out var modification) && modification.TryGetProperty(which, out var arguments) && arguments.TryGetProperty("amount", out var amount)
            ? amount.GetRawText()
            : "";
}

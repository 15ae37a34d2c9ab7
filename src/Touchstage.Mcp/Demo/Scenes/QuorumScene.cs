namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Two different people must say yes; after the first nothing has happened.</summary>
internal sealed class QuorumScene : IScene
{
    public string Title => "Two people must say yes";

    public string Point => "Deleting for good asks for two. One person's second session would not make two of them.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var created = await play.CallAsync(play.Agent, "create_project", Arguments.Of(("name", "Spring sale")), cancellation);
        Play.Expect("the answer", "completed", created.Status);
        var project = created.Result("id") ?? "";
        await play.ReceivedAsync(cancellation);

        var held = await play.CallAsync(play.Agent, "delete_project", Arguments.Of(("project_id", project)), cancellation);
        Play.Expect("the answer", "pending_approval", held.Status);
        var (id, uri) = (held.ApprovalId ?? "", held.ApprovalUri ?? "");

        var first = await ApproveAsync(play, play.Approver, "acme/sam (support)", id, cancellation);
        var between = await play.ReceivedAsync(cancellation);
        var (last, _) = await play.Agent.FollowAsync(uri, Ended.Has, () => ApproveAsync(play, play.Owner, "acme/olga (owner)", id, cancellation), cancellation);
        play.Say(Speaker.Agent, $"is told: {Ended.Text(last, "status")}, {Ended.Text(last, "step")}");
        var changes = (await play.ReceivedAsync(cancellation)).Where(request => request.IsChange).ToList();
        await play.TellLedgerAsync("acme", cancellation);

        Play.ExpectIn("what the first is told", "pending", first);
        Play.Expect("the changes after one yes", 0, between.Count(request => request.IsChange));
        Play.Expect("what the agent was told", "succeeded", Ended.Text(last, "status"));
        Play.Expect("the changes in the product", 1, changes.Count);
        Play.Expect("what the product did", $"deleted project {project}", changes[0].Effect);
        return "one yes did nothing; the second one, another person's, let it run once";
    }

    private static async Task<string> ApproveAsync(Play play, McpParty person, string who, string id, CancellationToken cancellation)
    {
        var code = CaseExcerpt.CodeIn(await person.PromptAsync("review", Arguments.Of(("id", id)), cancellation));
        var said = await person.PromptAsync("approve", Arguments.Of(("id", id), ("code", code)), cancellation);
        play.Say(Speaker.Person, $"{who} says yes\n  {said.Split('\n')[^1]}");
        Play.ExpectIn("the approver's answer", "you said yes", said);
        return said;
    }
}

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>A person says no, with a reason that the agent is told; asking again does not help.</summary>
internal sealed class RejectedScene : IScene
{
    private const string Reason = "The mobile app is live; ask its owner first";

    public string Title => "Held, and rejected";

    public string Point => "Deleting a project is for admins; this agent is none, so a person is asked.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var arguments = Arguments.Of(("project_id", "prj_2"));
        var held = await play.CallAsync(play.Agent, "delete_project", arguments, cancellation);
        Play.Expect("the answer", "pending_approval", held.Status);

        play.Say(Speaker.Person, $"acme/sam (support) says no: \"{Reason}\"");
        var said = await play.Approver.PromptAsync("reject", Arguments.Of(("id", held.ApprovalId), ("reason", Reason)), cancellation);
        Play.ExpectIn("the approver's answer", "you said no", said);

        var told = await play.Agent.ReadAsync(held.ApprovalUri ?? "", cancellation);
        var closing = told is { } document && document.TryGetProperty("closing", out var end) ? end.GetProperty("reason").GetString() : null;
        play.Say(Speaker.Agent, $"is told: rejected, \"{closing}\"");
        var again = await play.CallAsync(play.Agent, "delete_project", arguments, cancellation);
        var received = await play.ReceivedAsync(cancellation);
        var projects = await play.CallAsync(play.Agent, "list_projects", Arguments.Of(), cancellation);
        play.Say(Speaker.Agent, $"sees the projects {projects.Result("projects")}");
        await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the reason that the agent is told", Reason, closing);
        Play.Expect("the identical call afterwards", "refused", again.Status);
        Play.ExpectIn("its reason", Reason, again.Reason);
        Play.Expect("the changes in the product", 0, received.Count(request => request.IsChange));
        Play.ExpectIn("the projects that are there", "prj_2", projects.Result("projects"));
        return "nothing was deleted; the same call stays refused for 24 hours";
    }
}

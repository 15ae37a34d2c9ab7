namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>An agent whose session has the role admin deletes a project at once, but not a protected one.</summary>
internal sealed class RoleScene : IScene
{
    public string Title => "The same tool, another role";

    public string Point => "The night run's session has the role admin, so it needs nobody. A protected project stays even so.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var done = await play.CallAsync(play.Admin, "delete_project", Arguments.Of(("project_id", "prj_3")), cancellation);
        var received = await play.ReceivedAsync(cancellation);
        var kept = await play.CallAsync(play.Admin, "delete_project", Arguments.Of(("project_id", "prj_1")), cancellation);
        var after = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the answer", "completed", done.Status);
        var change = received.SingleOrDefault(request => request.IsChange);
        Play.Expect("the deletion's step", done.Step, change?.Txn);
        Play.Expect("what the product did", "deleted project prj_3", change?.Effect);
        Play.Expect("the answer for the protected project", "refused", kept.Status);
        Play.Expect("its code", "forbidden_by_policy", kept.Code);
        Play.Expect("the changes in the product then", 0, after.Count(request => request.IsChange));
        return "deleted at once by a role that the session has, not by one that was claimed";
    }
}

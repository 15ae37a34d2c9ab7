using System.Globalization;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Five invitations an hour go through; the sixth waits for a person.</summary>
internal sealed class LimitScene : IScene
{
    private const int Free = 5;

    public string Title => "A limit";

    public string Point => "Five invitations an hour need nobody. The sixth does.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var answers = new List<ToolAnswer>();
        for (var i = 1; i <= Free + 1; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"new{i}@acme.example");
            answers.Add(await play.CallAsync(play.Agent, "invite_member", Arguments.Of(("email", email), ("role", "member")), cancellation));
        }

        var received = await play.ReceivedAsync(cancellation);
        await play.TellLedgerAsync("acme", cancellation);

        Play.Expect("the invitations that went through", Free, answers.Count(answer => answer.Status == "completed"));
        Play.Expect("the sixth", "pending_approval", answers[^1].Status);
        Play.Expect("the invitations in the product", Free, received.Count(request => request.IsChange && request.Effect.StartsWith("invited ", StringComparison.Ordinal)));
        return "five sent, the sixth held; a new session would not have changed that";
    }
}

namespace Touchstage.Acceptance.Tests.Documents;

/// <summary>A command that is not simply typed as it stands.</summary>
/// <param name="Text">The command, without the comment behind it.</param>
/// <param name="How">What is done with it.</param>
/// <param name="Why">Why it is not typed as it stands; where it runs elsewhere, which test does it.</param>
/// <param name="Added">What is added to it, or null.</param>
internal sealed record DocumentedCommand(string Text, HowItRuns How, string Why, string? Added = null)
{
    /// <summary>All of them. Whatever a document shows and is not here is typed as it stands.</summary>
    public static readonly IReadOnlyList<DocumentedCommand> All =
    [
        new("dotnet run --project src/Touchstage.Mcp -- demo", HowItRuns.Elsewhere, "It stays up for a person. DemoTests plays the story with --once."),
        new("./test.sh", HowItRuns.Elsewhere, "It runs these tests."),
        new("touchstage serve", HowItRuns.UntilItListens, "Its port may be taken while tests run beside one another."),
        new("touchstage approvals approve apr_…", HowItRuns.AsItStands, "It asks a person; nobody is there, so the revision is named.", "--revision 1"),
        new("touchstage approvals modify apr_… --set amount=20", HowItRuns.AsItStands, "It asks a person; nobody is there, so it only shows.", "--preview"),
        new(
            "touchstage serve --http https://0.0.0.0:443 --host mcp.example.com --resource https://mcp.example.com/mcp --oauth-issuer https://login.example.com", HowItRuns.OnlyUnderstood,
            "It needs a certificate, a port below 1024 and an authorization server of that name."),
        new("curl --user icl_… --data token=TOKEN http://127.0.0.1:5210/introspect", HowItRuns.Elsewhere, "It needs a token whose step is in flight. IntrospectionTests asks with one."),
    ];

    /// <summary>How a command of a document runs.</summary>
    public static DocumentedCommand Of(string text) => All.FirstOrDefault(command => command.Text == text) ?? new(text, HowItRuns.AsItStands, "");
}

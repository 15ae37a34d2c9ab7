using System.CommandLine;
using Touchstage.Mcp.Demo;
using Touchstage.Mcp.Demo.Scenes;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Plays the main job on embedded parts, as a story on the terminal.</summary>
internal sealed class DemoVerb() : Verb("demo", "Watch an agent act for two tenants, on embedded parts.")
{
    private readonly Option<bool> once = new("--once") { Description = "End after the story: 0 if every scene came out as it should." };
    private readonly Option<bool> keep = new("--keep") { Description = "Leave the data folder where it is at the end; it holds the demo's keys." };

    protected override IEnumerable<Option> Options => [once, keep];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var data = parse.GetValue(CommonOptions.Data) is { } given ? System.IO.Path.GetFullPath(given, terminal.CurrentDirectory) : null;
        var options = new DemoOptions(parse.GetValue(once), parse.GetValue(keep), data);
        using var interruption = new Interruption(cancellation);
        var teller = new Teller(terminal.Out, terminal.IsOutputPerson);
        return await DemoRun.RunAsync(options, teller, new Story(teller).TellAsync, TimeProvider.System, interruption.Token);
    }
}

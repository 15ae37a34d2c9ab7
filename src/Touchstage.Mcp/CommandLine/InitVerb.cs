using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Starter;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes a working folder with everything in it that a server needs to start, and says what to do next.</summary>
internal sealed class InitVerb() : Verb("init", "Make a working folder: a capability with its policy and tests, a tenant, and what to do next.")
{
    private readonly Argument<string> directory = new("DIR") { Description = "The folder, which may exist. No file in it is overwritten.", DefaultValueFactory = _ => "." };

    protected override IEnumerable<Argument> Arguments => [directory];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation) => Task.FromResult(Run(parse, terminal));

    private int Run(ParseResult parse, Terminal terminal)
    {
        var named = parse.GetValue(directory)!;
        var root = Path.GetFullPath(named, terminal.CurrentDirectory);
        if (File.Exists(root))
        {
            return terminal.Refuse($"{VisibleText.Line(named)} is a file. Name a folder: touchstage init DIR.");
        }

        var files = new NewFiles(root);
        if (files.InTheWay(StarterFiles.All.Select(file => file.Path)) is { Count: > 0 } inTheWay)
        {
            return terminal.Refuse($"Nothing was written, because this is there already: {string.Join(", ", inTheWay)}. Name another folder (touchstage init DIR), or move it away.");
        }

        try
        {
            files.Write(StarterFiles.All, StarterFiles.Data);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"Nothing was written: {VisibleText.Line(denied.Message)}");
        }

        Tell(parse, root, terminal);
        return ExitCode.Done;
    }

    private static void Tell(ParseResult parse, string root, Terminal terminal)
    {
        string[] steps = [.. Path.TrimEndingDirectorySeparator(root) == Path.TrimEndingDirectorySeparator(terminal.CurrentDirectory) ? Array.Empty<string>() : [$"cd {ShellWord.Of(root)}"], .. StarterFiles.StepLines()];
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(new JsonObject
            {
                ["folder"] = root,
                ["written"] = new JsonArray([.. StarterFiles.All.Select(file => (JsonNode)file.Path)]),
                ["next"] = new JsonArray([.. steps.Select(step => (JsonNode)step)]),
            });
            return;
        }

        terminal.Tell($"{VisibleText.Line(root)} holds a capability, a tenant and their README:");
        foreach (var file in StarterFiles.All)
        {
            terminal.Out.WriteLine($"  {file.Path}");
        }

        terminal.Tell("Next:");
        foreach (var step in steps)
        {
            // They are for copying: not broken.
            terminal.Out.WriteLine($"  {step}");
        }
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The parser's own help, as wide as the screen, and how the verb is typed.</summary>
internal sealed class HelpWithExamples(HelpAction standard, Terminal terminal) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // Help is for people, who read it at the width of a screen; in a file it stays as it is.
        standard.MaxWidth = terminal.Width;
        standard.Invoke(parseResult);
        var examples = VerbExamples.Of(CommandWords.Of(parseResult.CommandResult));
        if (examples.Count > 0)
        {
            terminal.Out.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        }

        foreach (var example in examples)
        {
            // They are for copying: not broken.
            terminal.Out.WriteLine($"  {example}");
        }

        if (examples.Count > 0)
        {
            terminal.Out.WriteLine();
        }

        return ExitCode.Done;
    }
}

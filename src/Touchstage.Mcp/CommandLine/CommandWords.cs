using System.CommandLine;
using System.CommandLine.Parsing;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What was typed of a verb.</summary>
internal static class CommandWords
{
    /// <summary>The words of a command from the outermost on, such as <c>tenant apply</c>; empty for the root.</summary>
    public static string Of(CommandResult found)
    {
        var words = new Stack<string>();
        for (SymbolResult? at = found; at is CommandResult { Command: not RootCommand } command; at = command.Parent)
        {
            words.Push(command.Command.Name);
        }

        return string.Join(' ', words);
    }
}

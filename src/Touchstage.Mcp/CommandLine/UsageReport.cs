using System.CommandLine;
using System.CommandLine.Parsing;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says what of a command line was not understood, what was probably meant, and where the help is.</summary>
internal sealed class UsageReport(ParseResult parse)
{
    private const int MaxEcho = 40;

    public int Write(Terminal terminal)
    {
        var unknown = parse.UnmatchedTokens.Select(Name).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var word in unknown)
        {
            var nearest = NearestWord.Of(word, Candidates(word));
            terminal.Error.WriteLine($"'{word}' is not known here.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}");
        }

        // The parser's own words for what is unknown would repeat whatever stood there, a secret included.
        foreach (var error in parse.Errors.Where(error => unknown.Length == 0 || !parse.UnmatchedTokens.Any(token => error.Message.Contains(token, StringComparison.Ordinal))))
        {
            if (unknown.Length == 0 || error.SymbolResult is OptionResult or ArgumentResult)
            {
                terminal.Error.WriteLine(error.Message);
            }
        }

        terminal.Error.WriteLine($"Usage: touchstage {Usage()}");
        terminal.Error.WriteLine($"Help: touchstage {Words()}--help");
        return ExitCode.Usage;
    }

    // Of an option only its name is repeated, and of anything else not more than a verb could have.
    private static string Name(string token)
    {
        var name = token.StartsWith('-') ? token.Split('=', ':')[0] : token;
        return Approvals.VisibleText.Line(name.Length > MaxEcho ? name[..MaxEcho] + "…" : name);
    }

    private IEnumerable<string> Candidates(string word)
    {
        var command = parse.CommandResult.Command;
        return word.StartsWith('-')
            ? command.Options.Concat(CommonOptions.All).Select(option => option.Name).Distinct(StringComparer.Ordinal)
            : command.Subcommands.Select(verb => verb.Name);
    }

    private string Usage()
    {
        var command = parse.CommandResult.Command;
        var rest = command.Subcommands.Count > 0
            ? string.Join(" | ", command.Subcommands.Select(verb => verb.Name))
            : string.Join(' ', command.Arguments.Where(argument => !argument.Hidden).Select(argument => argument.Name).Append("[options]"));
        return Words() + rest;
    }

    private string Words() => CommandWords.Of(parse.CommandResult) is { Length: > 0 } words ? words + " " : "";
}

using System.CommandLine;
using System.CommandLine.Help;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Touchstage.Safety.Storage;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The command line: finds the verb, and turns whatever goes wrong into a message and an exit code. Never a stack trace.</summary>
internal sealed class Cli(Terminal terminal, IReadOnlyList<Verb> verbs)
{
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["import"] = "Draft capabilities from a description of an API.",
        ["tenant"] = "Tenants: apply a manifest, list, show, delete.",
        ["secret"] = "Secrets of tenants' connections and webhooks.",
        ["connection"] = "Tenants' connections: authorize by OAuth, list, forget.",
        ["session"] = "Sessions of agents and approvers, and the keys to them.",
        ["introspection"] = "Clients for the APIs behind connections to ask about step tokens.",
        ["inbox"] = "The inbox, where people decide in a browser.",
        ["approvals"] = "Read and decide what waits for a person.",
        ["webhooks"] = "What could not be delivered to tenants' webhooks.",
        ["policy"] = "Policies: test, explain and prove them, replay what was decided against others, and learn from what people decide.",
        ["schema"] = "Schemas: hold JSON values against them.",
        ["keys"] = "The keys that sign, seal and wrap.",
        ["ledger"] = "Verify and export the ledger.",
    };

    // No response files: a person's words may start with @, and so may the name of a file of changes.
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    public async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        var parse = Root().Parse(args, Plain);
        if (parse.Errors.Count > 0 && parse.Action is not HelpWithExamples)
        {
            return new UsageReport(parse).Write(terminal);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error };
            return await parse.InvokeAsync(invocation, cancellation);
        }
        catch (UsageException usage)
        {
            return terminal.Misused(usage.Message);
        }
        catch (OptionsValidationException wrong)
        {
            return terminal.Misused(string.Join(Environment.NewLine, wrong.Failures));
        }
        catch (StoreException store)
        {
            return terminal.Refuse($"{store.Message} ({store.Code})");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            return Broken(broken, parse.GetValue(CommonOptions.Verbose));
        }
    }

    /// <summary>What the parser does not understand of a command line; nothing is done.</summary>
    public static IReadOnlyList<string> Complaints(IReadOnlyList<string> args, IReadOnlyList<Verb> verbs) =>
        [.. new Cli(Terminal.OfProcess(), verbs).Root().Parse(args, Plain).Errors.Select(error => error.Message)];

    private RootCommand Root()
    {
        var root = new RootCommand("Touchstage stands between an AI agent and a product's API: what no policy allows waits for a person.");
        foreach (var option in CommonOptions.All)
        {
            root.Options.Add(option);
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal);
        }

        foreach (var verb in verbs)
        {
            Parent(root, verb).Subcommands.Add(verb.Build(terminal));
        }

        return root;
    }

    private static Command Parent(RootCommand root, Verb verb)
    {
        if (verb.Words.Split(' ') is not [var group, _])
        {
            return root;
        }

        var parent = root.Subcommands.FirstOrDefault(command => command.Name == group);
        if (parent is null)
        {
            parent = new(group, Groups[group]);
            root.Subcommands.Add(parent);
        }

        return parent;
    }

    private int Broken(Exception broken, bool isVerbose)
    {
        terminal.Error.WriteLine($"Internal error {RandomNumberGenerator.GetHexString(8, lowercase: true)}: {broken.GetType().Name}. Run it again with --verbose for the details.");
        if (isVerbose)
        {
            terminal.Error.WriteLine(broken.ToString());
        }

        return ExitCode.Internal;
    }
}

using System.CommandLine;
using Touchstage.Safety;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.CommandLine;

/// <summary>One verb of the command line, such as <c>tenant apply</c>.</summary>
internal abstract class Verb(string words, string description)
{
    /// <summary>The verb's words, separated by a space.</summary>
    public string Words { get; } = words;

    /// <summary>The command that the parser knows.</summary>
    public Command Build(Terminal terminal)
    {
        var command = new Command(Words.Split(' ')[^1], description);
        foreach (var argument in Arguments)
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in Options)
        {
            command.Options.Add(option);
        }

        command.SetAction((parse, cancellation) => RunAsync(parse, terminal, cancellation));
        return command;
    }

    protected virtual IEnumerable<Argument> Arguments => [];

    protected virtual IEnumerable<Option> Options => [];

    protected abstract Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation);

    /// <summary>Does something with the store alone.</summary>
    protected static async Task<int> WithStoreAsync(ParseResult parse, Terminal terminal, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        await services.OpenTouchstageStoreAsync(cancellation);
        return await work(services);
    }

    /// <summary>Does something with the store and the manifests, which must all be good.</summary>
    protected static async Task<int> WithCatalogAsync(ParseResult parse, Terminal terminal, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var report = await services.StartTouchstageSafetyAsync(cancellation);
        return report.IsLoaded ? await work(services) : Found(report, terminal);
    }

    /// <summary>Tells everything that is wrong with the manifests.</summary>
    protected static int Found(ManifestReport report, Terminal terminal)
    {
        foreach (var problem in report.Problems)
        {
            terminal.Error.WriteLine(problem.ToString());
        }

        terminal.Error.WriteLine($"{report.Problems.Count} problem(s) in the capability manifests; none of them is in force.");
        return ExitCode.Refused;
    }

    protected static ServiceProvider Services(ParseResult parse, Terminal terminal) =>
        new ServiceCollection().AddTouchstageSafety(ServerSetup.From(parse, terminal).Apply).BuildServiceProvider();
}

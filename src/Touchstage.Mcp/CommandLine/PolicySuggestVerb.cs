using System.CommandLine;
using Touchstage.Safety.Policies.Suggestions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Learns rules from what people decided, and shows each as a patch for people to read. It applies nothing.</summary>
internal sealed class PolicySuggestVerb() : Verb("policy suggest", "Learn rules from what people decided, as a patch to read. Nothing is applied.")
{
    private readonly Option<string?> tenant = new("--tenant") { Description = "Whose decisions. Default: those of every tenant; a rule is for the tenants that it was learnt from.", HelpName = "TENANT" };
    private readonly Option<string?> capability = new("--capability") { Description = "Of which capability. Default: all.", HelpName = "NAME" };
    private readonly Option<string> since = new("--since") { Description = "How far back: 90d, 12h, 90m. Default: 90d.", HelpName = "TIME" };
    private readonly Option<int> least = new("--min") { Description = "How many decided calls a rule must cover. Default: 20.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<int> leastPeople = new("--min-people") { Description = "How many different people must have decided them. Default: 2.", HelpName = "N", DefaultValueFactory = _ => 2 };
    private readonly Option<string?> target = new("--out") { Description = "Write the patch into this file; it must not exist yet. Default: show it.", HelpName = "FILE" };

    protected override IEnumerable<Option> Options => [tenant, capability, since, least, leastPeople, target];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var directory = ServerSetup.From(parse, terminal).CapabilitiesDirectory;
        var request = new SuggestionRequest(
            parse.GetValue(tenant) is { } name ? Named.TenantOf(name) : null,
            parse.GetValue(capability),
            Period.Of(parse.GetValue(since) ?? "90d", "--since"),
            Counted(parse.GetValue(least), "--min"),
            Counted(parse.GetValue(leastPeople), "--min-people"),
            RootOf(directory, terminal.CurrentDirectory));
        var file = NewFile(parse.GetValue(target), terminal);
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<IPolicySuggestions>().SuggestAsync(request, cancellation)).TryGet(out var report, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                if (!report.IsLoaded)
                {
                    return Found(new([], report.Problems), terminal);
                }

                var patch = string.Concat(report.Suggestions.Select(suggestion => suggestion.Patch));
                if (file is not null && patch.Length > 0)
                {
                    await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                    await using var writer = new StreamWriter(stream);
                    await writer.WriteAsync(patch.AsMemory(), cancellation);
                }

                SuggestionSheet.Tell(report, file, request.PatchRoot.Length > 0 ? terminal.CurrentDirectory : directory, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }

    // A patch names files from where it is applied: here if the folder is below, else inside the folder.
    private static string RootOf(string directory, string current)
    {
        var relative = Path.GetRelativePath(current, directory).Replace('\\', '/');
        return relative is "." || relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? "" : relative;
    }

    private static int Counted(int number, string option) => number > 0 ? number : throw new UsageException($"{option} is a whole number, 1 or more.");

    private static string? NewFile(string? name, Terminal terminal)
    {
        if (name is null)
        {
            return null;
        }

        var path = Path.GetFullPath(name, terminal.CurrentDirectory);
        return File.Exists(path) ? throw new UsageException($"{path} exists already. Name a new file.") : path;
    }
}

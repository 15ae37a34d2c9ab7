using System.CommandLine;
using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Exports a tenant's ledger as JSON lines, and on demand a signed checkpoint to keep outside.</summary>
internal sealed class LedgerExportVerb() : Verb("ledger export", "Export a tenant's ledger as JSON lines.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Option<string?> target = new("--out") { Description = "The file to write; it must not exist yet. Default: standard output.", HelpName = "FILE" };
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "Also write a signed checkpoint over all ledgers into this new file, to be kept outside.", HelpName = "FILE" };

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override IEnumerable<Option> Options => [target, checkpoint];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        var (into, kept) = (NewFile(parse.GetValue(target), terminal), NewFile(parse.GetValue(checkpoint), terminal));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                var ledger = services.GetRequiredService<ILedger>();
                await using var stream = into is null ? Console.OpenStandardOutput() : new FileStream(into, FileMode.CreateNew, FileAccess.Write);
                var count = await ledger.ExportAsync(id, stream, cancellation);
                if (kept is not null)
                {
                    await File.WriteAllTextAsync(kept, (await ledger.CheckpointAsync(cancellation)).ToText() + "\n", cancellation);
                }

                await terminal.Error.WriteLineAsync($"{count} entries of tenant {id} exported.{(kept is null ? "" : $" Checkpoint: {kept}")}");
                return ExitCode.Done;
            },
            cancellation);
    }

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

using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Storage;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Copies the store, without the keys that open it.</summary>
internal sealed class BackupVerb() : Verb("backup", "Copy the store into a new file while servers run. The key ring is never in it.")
{
    private readonly Argument<string> file = new("FILE") { Description = "The new file." };

    protected override IEnumerable<Argument> Arguments => [file];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(parse.GetValue(file)!, terminal.CurrentDirectory);
        var ring = ServerSetup.From(parse, terminal).KeyFolder is { } folder ? $"the folder {folder}" : "the store's table protection_keys, and the certificate that wraps it";
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                var bytes = await new Waiting(terminal, TimeProvider.System).ForAsync("Copying the store", () => services.GetRequiredService<IStoreBackup>().WriteAsync(path, cancellation));
                await terminal.Out.WriteLineAsync($"{VisibleText.Line(path)} holds the store: tenants, approvals, steps, the ledger, and all that is sealed ({bytes} bytes).");
                await terminal.Out.WriteLineAsync($"It does not hold the key ring, without which nothing sealed opens. Back that up apart from it: {VisibleText.Line(ring)}.");
                await terminal.Out.WriteLineAsync("To restore: stop all servers, put the file in the place of the store and its -wal and -shm out of the way, give back the key ring, and run touchstage doctor and touchstage ledger verify.");
                return ExitCode.Done;
            },
            cancellation);
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Sets the secret of a tenant's connection or webhook, from standard input or a file, never from the command line.</summary>
internal sealed class SecretSetVerb() : Verb("secret set", "Set the secret of a tenant's connection or webhook, from standard input or a file.")
{
    // The longest secret, a certificate with its key; a line break; and one byte more so that a longer one is refused and not cut.
    private const int MaxBytes = 65_536 + 3;

    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> name = new("NAME") { Description = "The connection's name in the tenant's manifest, or webhook:NAME." };
    private readonly Argument<string[]> value = new("VALUE") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string?> file = new("--file") { Description = "Read it from this file, as it is now.", HelpName = "PATH" };
    private readonly Option<string?> reference = new("--reference") { Description = "Keep only where it is: each server reads it there whenever it is used.", HelpName = "env:NAME|file:PATH" };

    protected override IEnumerable<Argument> Arguments => [tenant, name, value];

    protected override IEnumerable<Option> Options => [file, reference];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (parse.GetValue(value) is { Length: > 0 })
        {
            return terminal.Misused("A secret is never given on the command line: other users and the shell's history see it. Take that one out of use, and pipe the new one in: touchstage secret set TENANT NAME < FILE");
        }

        var id = Named.TenantOf(parse.GetValue(tenant));
        if (parse.GetValue(reference) is { } where)
        {
            return parse.GetValue(file) is not null ? terminal.Misused("Say either --file or --reference, not both.")
                : await WithStoreAsync(
                    parse,
                    terminal,
                    async services => await TellAsync(await services.GetRequiredService<ISecretAdministration>().SetReferenceAsync(id, parse.GetValue(name)!, where, cancellation), terminal),
                    cancellation);
        }

        var buffer = GC.AllocateUninitializedArray<byte>(MaxBytes, pinned: true);
        try
        {
            var length = await ReadAsync(parse, terminal, buffer, cancellation);
            return await WithStoreAsync(
                parse,
                terminal,
                async services => await TellAsync(await services.GetRequiredService<ISecretAdministration>().SetAsync(id, parse.GetValue(name)!, buffer.AsMemory(0, length), cancellation), terminal),
                cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private async Task<int> ReadAsync(ParseResult parse, Terminal terminal, byte[] buffer, CancellationToken cancellation)
    {
        if (parse.GetValue(file) is { } given)
        {
            var path = Path.GetFullPath(given, terminal.CurrentDirectory);
            try
            {
                await using var opened = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
                return await opened.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellation);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--file names {path}, which cannot be read.");
            }
        }

        if (terminal.IsInputPerson)
        {
            await terminal.Error.WriteLineAsync("Type the secret and press Enter, then end the input (Ctrl+D). It is shown while you type; piping it in is better.");
        }

        return await terminal.In.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellation);
    }

    private static async Task<int> TellAsync(Result<KeptSecret> result, Terminal terminal)
    {
        if (!result.TryGet(out var kept, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        await terminal.Out.WriteLineAsync($"The secret of {(kept.Name.Contains(':', StringComparison.Ordinal) ? "" : "connection ")}{kept.Name} of tenant {kept.Tenant} is set.");
        return ExitCode.Done;
    }
}

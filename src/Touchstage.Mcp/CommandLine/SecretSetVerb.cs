using System.CommandLine;
using System.Security.Cryptography;
using Touchstage.Safety.Credentials;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Sets the secret of a tenant's connection or webhook, from standard input alone.</summary>
internal sealed class SecretSetVerb() : Verb("secret set", "Set the secret of a tenant's connection or webhook, from standard input.")
{
    // The longest secret, a line break, and one byte more so that a longer one is refused and not cut.
    private const int MaxBytes = 4_096 + 3;

    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> name = new("NAME") { Description = "The connection's name in the tenant's manifest, or webhook:NAME." };
    private readonly Argument<string[]> value = new("VALUE") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };

    protected override IEnumerable<Argument> Arguments => [tenant, name, value];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (parse.GetValue(value) is { Length: > 0 })
        {
            return terminal.Misused("A secret is never given on the command line: other users and the shell's history see it. Take that one out of use, and pipe the new one in: touchstage secret set TENANT NAME < FILE");
        }

        var id = Named.TenantOf(parse.GetValue(tenant));
        var buffer = new byte[MaxBytes];
        try
        {
            if (terminal.IsInputPerson)
            {
                await terminal.Error.WriteLineAsync("Type the secret and press Enter, then end the input (Ctrl+D). It is shown while you type; piping it in is better.");
            }

            var length = await terminal.In.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellation);
            return await WithStoreAsync(parse, terminal, services => SetAsync(services, parse, terminal, id, buffer.AsMemory(0, length), cancellation), cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }

        async Task<int> SetAsync(IServiceProvider services, ParseResult given, Terminal output, Touchstage.Safety.Tenants.TenantId tenantId, ReadOnlyMemory<byte> secret, CancellationToken token)
        {
            var kept = given.GetValue(name)!;
            if (!(await services.GetRequiredService<ISecretAdministration>().SetAsync(tenantId, kept, secret, token)).TryGet(out _, out var refusal))
            {
                return output.Refuse(refusal);
            }

            await output.Out.WriteLineAsync($"The secret of {(kept.Contains(':', StringComparison.Ordinal) ? "" : "connection ")}{kept} of tenant {tenantId} is set.");
            return ExitCode.Done;
        }
    }
}

using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Credentials;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Removes a secret.</summary>
internal sealed class SecretRemoveVerb() : Verb("secret remove", "Remove a secret: what needs it is not sent from then on.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> name = new("NAME") { Description = "The connection's name, or webhook:NAME, as secret list tells it." };

    protected override IEnumerable<Argument> Arguments => [tenant, name];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<ISecretAdministration>().RemoveAsync(id, parse.GetValue(name)!, cancellation)).TryGet(out var removed, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                await terminal.Out.WriteLineAsync($"The secret {VisibleText.Line(removed.Name)} of tenant {id} is removed.");
                return ExitCode.Done;
            },
            cancellation);
    }
}

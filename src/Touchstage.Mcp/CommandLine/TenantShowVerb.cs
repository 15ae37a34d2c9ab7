using System.CommandLine;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Shows one tenant.</summary>
internal sealed class TenantShowVerb() : Verb("tenant show", "Show one tenant.")
{
    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithCatalogAsync(
            parse,
            terminal,
            async services =>
            {
                if (await services.GetRequiredService<ITenantAdministration>().ShowAsync(id, cancellation) is not { } found)
                {
                    return terminal.Refuse($"There is no tenant {id}. touchstage tenant list shows those there are.");
                }

                if (parse.GetValue(CommonOptions.Json))
                {
                    terminal.WriteJson(TenantSheet.Json(found));
                }
                else
                {
                    TenantSheet.Write(found, terminal);
                }

                return ExitCode.Done;
            },
            cancellation);
    }
}

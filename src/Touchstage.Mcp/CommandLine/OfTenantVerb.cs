using System.CommandLine;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A verb that lists something of a tenant.</summary>
internal abstract class OfTenantVerb(string words, string description) : Verb(words, description)
{
    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services => await ListAsync(services, id, parse.GetValue(CommonOptions.Json), terminal, cancellation)
                ? ExitCode.Done
                : terminal.Refuse($"There is no tenant {id}. touchstage tenant list shows those there are."),
            cancellation);
    }

    /// <summary>Writes the list.</summary>
    /// <returns>False if there is no such tenant; then nothing was written.</returns>
    protected abstract Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation);
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists the tenants.</summary>
internal sealed class TenantListVerb() : Verb("tenant list", "List the tenants.")
{
    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation) => WithCatalogAsync(
        parse,
        terminal,
        async services =>
        {
            Tell(await services.GetRequiredService<ITenantAdministration>().ListAsync(cancellation), parse.GetValue(CommonOptions.Json), terminal);
            return ExitCode.Done;
        },
        cancellation);

    private static void Tell(IReadOnlyList<TenantDescription> tenants, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. tenants.Select(TenantSheet.Json)]));
            return;
        }

        var sheet = new Sheet("TENANT", "NAME", "TOOLS", "CONNECTIONS");
        foreach (var tenant in tenants)
        {
            sheet.Add(tenant.Id.Value, tenant.Name, $"{tenant.Tools.Count}", string.Join(", ", tenant.Connections.Select(connection => connection.Name)));
        }

        sheet.Write(terminal);
    }
}

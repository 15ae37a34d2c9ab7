using System.CommandLine;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists what a tenant's webhooks have not taken.</summary>
internal sealed class WebhooksListVerb() : Verb("webhooks list", "List what a tenant's webhooks have not taken.")
{
    private const int MaxListed = 200;

    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                DeliverySheet.Write(await services.GetRequiredService<IWebhooks>().ListAsync(id, MaxListed, cancellation), parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }
}

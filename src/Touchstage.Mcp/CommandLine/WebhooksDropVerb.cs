using System.CommandLine;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Removes one undelivered message.</summary>
internal sealed class WebhooksDropVerb() : Verb("webhooks drop", "Remove an undelivered message.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> delivery = new("ID") { Description = "The message's id, whm_…." };

    protected override IEnumerable<Argument> Arguments => [tenant, delivery];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var (id, one) = (Named.TenantOf(parse.GetValue(tenant)), parse.GetValue(delivery)!);
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<IWebhooks>().DropAsync(id, one, cancellation)).TryGet(out var dropped, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                await terminal.Out.WriteLineAsync($"{dropped.Id} ({dropped.Event} of {dropped.ApprovalId} to {dropped.Webhook}) is removed.");
                return ExitCode.Done;
            },
            cancellation);
    }
}

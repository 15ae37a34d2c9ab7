using System.CommandLine;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Removes undelivered messages.</summary>
internal sealed class WebhooksDropVerb() : Verb("webhooks drop", "Remove undelivered messages: one, or all that were given up.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string?> delivery = new("ID") { Description = "The message's id, whm_….", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> allDead = new("--all-dead") { Description = "Every message of the tenant that was given up." };

    protected override IEnumerable<Argument> Arguments => [tenant, delivery];

    protected override IEnumerable<Option> Options => [allDead];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var (id, one, all) = (Named.TenantOf(parse.GetValue(tenant)), parse.GetValue(delivery), parse.GetValue(allDead));
        return one is null == all
            ? WithStoreAsync(parse, terminal, services => DropAsync(services.GetRequiredService<IWebhooks>()), cancellation)
            : Task.FromResult(terminal.Misused("Name one message or say --all-dead: touchstage webhooks drop TENANT ID."));

        async Task<int> DropAsync(IWebhooks webhooks)
        {
            if (one is null)
            {
                await terminal.Out.WriteLineAsync($"{await webhooks.DropDeadAsync(id, cancellation)} are removed.");
                return ExitCode.Done;
            }

            if (!(await webhooks.DropAsync(id, one, cancellation)).TryGet(out var dropped, out var refusal))
            {
                return terminal.Refuse(refusal);
            }

            await terminal.Out.WriteLineAsync($"{dropped.Id} ({dropped.Event} of {dropped.ApprovalId} to {dropped.Webhook}) is removed.");
            return ExitCode.Done;
        }
    }
}

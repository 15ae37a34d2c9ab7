using System.CommandLine;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes deliveries due now; the running server sends them.</summary>
internal sealed class WebhooksRetryVerb() : Verb("webhooks retry", "Send undelivered messages again: one, or all that were given up.")
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
            ? WithStoreAsync(parse, terminal, services => RetryAsync(services.GetRequiredService<IWebhooks>()), cancellation)
            : Task.FromResult(terminal.Misused("Name one message or say --all-dead: touchstage webhooks retry TENANT ID."));

        async Task<int> RetryAsync(IWebhooks webhooks)
        {
            if (one is null)
            {
                await terminal.Out.WriteLineAsync($"{await webhooks.RetryDeadAsync(id, cancellation)} are due now; the running server sends them.");
                return ExitCode.Done;
            }

            if (!(await webhooks.RetryAsync(id, one, cancellation)).TryGet(out _, out var refusal))
            {
                return terminal.Refuse(refusal);
            }

            await terminal.Out.WriteLineAsync($"{one} is due now; the running server sends it.");
            return ExitCode.Done;
        }
    }
}

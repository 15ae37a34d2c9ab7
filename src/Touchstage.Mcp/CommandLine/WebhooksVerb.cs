using System.CommandLine;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A verb for one undelivered message of a tenant, or for all that were given up.</summary>
internal abstract class WebhooksVerb(string words, string description) : Verb(words, description)
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
            ? WithStoreAsync(parse, terminal, async services => await TellAsync(services.GetRequiredService<IWebhooks>(), id, one, terminal, cancellation), cancellation)
            : Task.FromResult(terminal.Misused($"Name one message or say --all-dead: touchstage {Words} TENANT ID."));
    }

    /// <summary>Does it to every message that was given up, and says so.</summary>
    protected abstract Task<string> AllAsync(IWebhooks webhooks, TenantId id, CancellationToken cancellation);

    /// <summary>Does it to one message, and says so.</summary>
    protected abstract Task<Result<string>> OneAsync(IWebhooks webhooks, TenantId id, string message, CancellationToken cancellation);

    private async Task<int> TellAsync(IWebhooks webhooks, TenantId id, string? one, Terminal terminal, CancellationToken cancellation)
    {
        if (!(one is null ? await AllAsync(webhooks, id, cancellation) : await OneAsync(webhooks, id, one, cancellation)).TryGet(out var said, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        await terminal.Out.WriteLineAsync(said);
        return ExitCode.Done;
    }
}

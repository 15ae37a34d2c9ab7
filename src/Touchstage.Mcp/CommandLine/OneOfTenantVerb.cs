using System.CommandLine;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A verb that changes one thing of a tenant, by its name.</summary>
internal abstract class OneOfTenantVerb<T>(string words, string description, Argument<string> one) : Verb(words, description)
    where T : class
{
    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant, one];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await ChangeAsync(services, id, parse.GetValue(one)!, cancellation)).TryGet(out var changed, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                Tell(changed, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }

    /// <summary>Does it.</summary>
    protected abstract Task<Result<T>> ChangeAsync(IServiceProvider services, TenantId tenant, string name, CancellationToken cancellation);

    /// <summary>Says what was changed.</summary>
    protected abstract void Tell(T changed, bool asJson, Terminal terminal);
}

using System.CommandLine;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A verb that changes one session and shows it as it is then.</summary>
internal abstract class SessionChangeVerb(string words, string description, string which)
    : OneOfTenantVerb<SessionRecord>(words, description, new Argument<string>("SESSION") { Description = $"The {which}'s id, ses_…." })
{
    protected override Task<Result<SessionRecord>> ChangeAsync(IServiceProvider services, TenantId tenant, string name, CancellationToken cancellation) =>
        ChangeAsync(services.GetRequiredService<ISessionAdministration>(), tenant, name, cancellation);

    protected override void Tell(SessionRecord changed, bool asJson, Terminal terminal) => SessionSheet.Write([changed], asJson, terminal);

    /// <summary>Does it.</summary>
    protected abstract Task<Result<SessionRecord>> ChangeAsync(ISessionAdministration sessions, TenantId tenant, string id, CancellationToken cancellation);
}

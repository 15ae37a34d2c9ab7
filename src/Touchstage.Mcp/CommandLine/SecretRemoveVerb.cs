using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Removes a secret.</summary>
internal sealed class SecretRemoveVerb() : OneOfTenantVerb<KeptSecret>(
    "secret remove",
    "Remove a secret: what needs it is not sent from then on.",
    new Argument<string>("NAME") { Description = "The connection's name, or webhook:NAME, as secret list tells it." })
{
    protected override Task<Result<KeptSecret>> ChangeAsync(IServiceProvider services, TenantId tenant, string name, CancellationToken cancellation) =>
        services.GetRequiredService<ISecretAdministration>().RemoveAsync(tenant, name, cancellation);

    protected override void Tell(KeptSecret changed, bool asJson, Terminal terminal) =>
        terminal.Out.WriteLine($"The secret {VisibleText.Line(changed.Name)} of tenant {changed.Tenant} is removed.");
}

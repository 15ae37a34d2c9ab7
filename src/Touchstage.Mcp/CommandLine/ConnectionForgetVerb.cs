using System.Text.Json.Nodes;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Forgets the tokens of a connection at once.</summary>
internal sealed class ConnectionForgetVerb()
    : OneOfTenantVerb<ForgottenAuthorization>("connection forget", "Forget the tokens that are kept for a connection. The authorization server is not told.", Named.Connection())
{
    protected override Task<Result<ForgottenAuthorization>> ChangeAsync(IServiceProvider services, TenantId tenant, string name, CancellationToken cancellation) =>
        services.GetRequiredService<IConnectionAuthorization>().ForgetAsync(tenant, name, cancellation);

    protected override void Tell(ForgottenAuthorization changed, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonObject { ["tenant"] = changed.Tenant.Value, ["connection"] = changed.Connection });
            return;
        }

        terminal.Out.WriteLine($"The tokens of connection {changed.Connection} of tenant {changed.Tenant} are forgotten.");
        terminal.Error.WriteLine("The authorization server was not told: whoever has a copy of them may still use them. End the grant there as well.");
    }
}

using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Mcp.Doctor;

/// <summary>Every connection that a person must authorize is authorized.</summary>
internal sealed class ConnectionsCheck : ICheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var tenant in await patient.Services.GetRequiredService<ITenantAdministration>().ListAsync(cancellation))
        {
            var connections = await patient.Services.GetRequiredService<IConnectionAuthorization>().ListAsync(tenant.Id, cancellation) ?? [];
            findings.AddRange(connections.Where(connection => connection.IsAuthorized is not null).Select(connection => connection.IsAuthorized is true
                ? Finding.Fine($"connection {connection.Connection} of {tenant.Id}", "It is authorized, and refreshes itself.")
                : Finding.Fail(
                    $"connection {connection.Connection} of {tenant.Id}",
                    "Nobody has authorized it at its authorization server, or the authorization has ended: its calls are refused.",
                    $"touchstage connection authorize {tenant.Id} {connection.Connection}")));
        }

        return findings;
    }
}

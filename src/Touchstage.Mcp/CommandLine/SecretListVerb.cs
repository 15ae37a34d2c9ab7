using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists a tenant's secrets, never what they are.</summary>
internal sealed class SecretListVerb() : OfTenantVerb("secret list", "List a tenant's secrets: what for, where, since when. Never what they are.")
{
    protected override async Task<bool> ListAsync(IServiceProvider services, TenantId id, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        if (await services.GetRequiredService<ISecretAdministration>().ListAsync(id, cancellation) is not { } found)
        {
            return false;
        }

        Write(found, asJson, terminal);
        return true;
    }

    private static void Write(IReadOnlyList<SecretDescription> secrets, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. secrets.Select(secret => (JsonNode)new JsonObject
            {
                ["name"] = secret.Name,
                ["kind"] = secret.Reference is null ? "sealed" : "reference",
                ["reference"] = secret.Reference,
                ["readable"] = secret.IsReadable,
                ["set_at"] = ApprovalDocument.Time(secret.SetAt),
            })]));
            return;
        }

        var sheet = new Sheet("NAME", "KEPT", "READABLE", "SET");
        foreach (var secret in secrets)
        {
            sheet.Add(secret.Name, secret.Reference ?? "sealed", secret.IsReadable ? "yes" : "NO", ApprovalDocument.Time(secret.SetAt));
        }

        sheet.Write(terminal);
    }
}

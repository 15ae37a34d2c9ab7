using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Credentials;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists a tenant's secrets, never what they are.</summary>
internal sealed class SecretListVerb() : Verb("secret list", "List a tenant's secrets: what for, where, since when. Never what they are.")
{
    private readonly Argument<string> tenant = Named.Tenant();

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (await services.GetRequiredService<ISecretAdministration>().ListAsync(id, cancellation) is not { } found)
                {
                    return terminal.Refuse($"There is no tenant {id}.");
                }

                Write(found, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
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

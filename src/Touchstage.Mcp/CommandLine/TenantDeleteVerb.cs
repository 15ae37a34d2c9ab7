using System.CommandLine;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Deletes a tenant for good.</summary>
internal sealed class TenantDeleteVerb() : Verb("tenant delete", "Delete a tenant for good: its sessions end, what waits is withdrawn, its name is never given again.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Option<bool> shred = new("--shred") { Description = "Destroy its keys, secrets, tokens and manifest too: what it held sealed opens for nobody any more." };
    private readonly Option<bool> yes = new("--yes") { Description = "Do not ask." };

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override IEnumerable<Option> Options => [shred, yes];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var (id, destroys) = (Named.TenantOf(parse.GetValue(tenant)), parse.GetValue(shred));
        if (!parse.GetValue(yes) && !terminal.IsPerson)
        {
            return terminal.Misused("Nobody is at the terminal to be asked. Say --yes if this tenant is to be deleted for good.");
        }

        var what = destroys ? "Its keys are destroyed: there is no way back, not from a backup of the store either once that is gone." : "There is no way back.";
        return parse.GetValue(yes) || await terminal.AskAsync($"{what} Type the tenant's name to delete it:", cancellation) == id.Value
            ? await WithStoreAsync(parse, terminal, services => DeleteAsync(services, id, destroys, terminal, cancellation), cancellation)
            : terminal.Refuse("That is not its name; nothing was deleted.");
    }

    private static async Task<int> DeleteAsync(IServiceProvider services, TenantId id, bool destroys, Terminal terminal, CancellationToken cancellation)
    {
        if (!(await services.GetRequiredService<ITenantAdministration>().DeleteAsync(id, destroys, cancellation)).TryGet(out var deleted, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        await terminal.Out.WriteLineAsync(
            $"Tenant {id} is deleted: {deleted.Sessions} session(s) revoked, {deleted.Approvals} approval(s) withdrawn; {deleted.InFlight} step(s) in flight settle by themselves. Its ledger stays.");
        if (!deleted.IsShredded)
        {
            return ExitCode.Done;
        }

        if (!deleted.IsErased)
        {
            return terminal.Refuse("Its keys are destroyed, but their bytes may still be in the store's log, because somebody was reading. Do it again in a moment.");
        }

        await terminal.Out.WriteLineAsync("Its keys, secrets, tokens and manifest are destroyed, and no byte of them is left in the store. Backups of the store and the key ring are yours to destroy.");
        return ExitCode.Done;
    }
}

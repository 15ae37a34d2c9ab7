using System.CommandLine;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Checks a tenant's manifest and puts it in force.</summary>
internal sealed class TenantApplyVerb() : Verb("tenant apply", "Check a tenant's manifest and put it in force.")
{
    private const long MaxBytes = 1024 * 1024;

    private readonly Argument<string> file = new("FILE") { Description = "The tenant's manifest." };

    protected override IEnumerable<Argument> Arguments => [file];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var name = parse.GetValue(file)!;
        var path = Path.GetFullPath(name, terminal.CurrentDirectory);
        if (!File.Exists(path))
        {
            return terminal.Refuse($"There is no file {path}. Name the tenant's manifest: touchstage tenant apply FILE.");
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            return terminal.Refuse($"{path} has more than 1 MiB; that is no tenant manifest.");
        }

        var yaml = await File.ReadAllTextAsync(path, cancellation);
        return await WithCatalogAsync(
            parse,
            terminal,
            async services => Tell(await services.GetRequiredService<ITenantAdministration>().ApplyAsync(name, yaml, cancellation), parse.GetValue(CommonOptions.Json), terminal),
            cancellation);
    }

    private static int Tell(TenantReport report, bool asJson, Terminal terminal)
    {
        if (report.Tenant is not { } tenant || report.Problems.Count > 0)
        {
            foreach (var problem in report.Problems)
            {
                terminal.Error.WriteLine(problem.ToString());
            }

            return terminal.Refuse("The tenant was not changed.");
        }

        if (asJson)
        {
            terminal.WriteJson(TenantSheet.Json(tenant));
            return ExitCode.Done;
        }

        terminal.Out.WriteLine($"Tenant {tenant.Id} is in force{(report.Outcome == TenantWrite.Unchanged ? " as it was" : "")}: {tenant.Tools.Count} tools.");
        TenantSheet.WriteSecrets(tenant, terminal);
        return ExitCode.Done;
    }
}

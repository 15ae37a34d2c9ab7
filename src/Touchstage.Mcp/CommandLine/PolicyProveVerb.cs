using System.CommandLine;
using Touchstage.Safety;
using Touchstage.Safety.Policies.Proofs;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Proves what agents can ever do unattended, and that a change of the manifests allows nothing more.</summary>
internal sealed class PolicyProveVerb() : Verb("policy prove", "Prove what agents can ever do without a person, or that a change allows nothing more.")
{
    private static readonly Argument<string?> Capability = new("CAPABILITY")
    {
        Description = "The only capability to sum up.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> TenantName = new("--tenant") { Description = "Sum up with this tenant's settings and rules.", HelpName = "TENANT" };

    private static readonly Option<DirectoryInfo?> Against = new("--against")
    {
        Description = "An older folder of manifests: tell all that is allowed now and was not; exit 1 if there is anything.",
        HelpName = "DIR",
    };

    protected override IEnumerable<Argument> Arguments => [Capability];

    protected override IEnumerable<Option> Options => [TenantName, Against];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var (name, against) = (parse.GetValue(TenantName), parse.GetValue(Against));
        if (against is not null && (name is not null || parse.GetValue(Capability) is not null))
        {
            throw new UsageException("--against compares whole folders; it goes without a capability and without --tenant.");
        }

        if (against is { Exists: false })
        {
            throw new UsageException($"There is no folder {against.FullName}.");
        }

        TenantId? tenant = null;
        if (name is not null && !TenantId.TryParse(name, out tenant))
        {
            throw new UsageException($"'{name}' is not a name for a tenant.");
        }

        await using var services = Services(parse, terminal);
        if (tenant is not null)
        {
            await services.OpenTouchstageStoreAsync(cancellation);
        }

        var proofs = services.GetRequiredService<IPolicyProofs>();
        return against is null
            ? Tell(await proofs.ProveAsync(parse.GetValue(Capability), tenant, cancellation), parse, terminal)
            : Tell(proofs.Compare(against.FullName), parse, terminal);
    }

    private static int Tell(ProofReport report, ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(ProofSheet.Json(report));
        }
        else
        {
            ProofSheet.Write(report, terminal);
        }

        return report.Problems.Count == 0 && report.Missing is null ? ExitCode.Done : ExitCode.Refused;
    }

    private static int Tell(ProofComparison comparison, ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(ProofSheet.Json(comparison));
        }
        else
        {
            ProofSheet.Write(comparison, terminal);
        }

        return comparison.Problems.Count == 0 && comparison.Changes.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}

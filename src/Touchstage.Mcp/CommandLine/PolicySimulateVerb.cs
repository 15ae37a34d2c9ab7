using System.CommandLine;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Replays what the ledger recorded against candidate manifests, and tells every call that would be decided otherwise.</summary>
internal sealed class PolicySimulateVerb() : Verb("policy simulate", "Replay the ledger's decisions against other manifests (--capabilities NEW_DIR).")
{
    private readonly Option<string> since = new("--since") { Description = "How far back: 30d, 12h, 90m. Default: 30d.", HelpName = "TIME" };
    private readonly Option<string?> tenant = new("--tenant") { Description = "Whose calls. Default: those of every tenant.", HelpName = "TENANT" };

    private readonly Option<string?> failOn = new Option<string?>("--fail-on")
    {
        Description = "Exit with 1 if a decision changes that way, or if one cannot be replayed: nobody knows how that one would change.",
    }.AcceptOnlyFromAmong("loosened", "tightened", "any");

    protected override IEnumerable<Option> Options => [since, tenant, failOn];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = parse.GetValue(tenant) is { } name ? Named.TenantOf(name) : null;
        var back = Period.Of(parse.GetValue(since) ?? "30d", "--since");
        var candidate = ServerSetup.From(parse, terminal).CapabilitiesDirectory;
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await new Waiting(terminal, TimeProvider.System).ForAsync("Replaying the ledger's decisions", () => services.GetRequiredService<IPolicySimulation>().SimulateAsync(new(candidate, id, back), cancellation))).TryGet(out var report, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                if (!report.IsLoaded)
                {
                    return Found(new([], report.Problems), terminal);
                }

                SimulationSheet.Tell(report, parse.GetValue(CommonOptions.Json), terminal);
                return Fails(report, parse.GetValue(failOn)) ? ExitCode.Refused : ExitCode.Done;
            },
            cancellation);
    }

    private static bool Fails(SimulationReport report, string? failOn) => failOn switch
    {
        null => false,
        "loosened" => report.Loosened + report.NotReplayable > 0,
        "tightened" => report.Tightened + report.NotReplayable > 0,
        _ => report.Loosened + report.Tightened + report.NotReplayable > 0,
    };
}

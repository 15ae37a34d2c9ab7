using System.Globalization;
using System.Text.RegularExpressions;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Everything is in the ledger, the ledger is sound, and no secret was ever told.</summary>
internal sealed partial class RecordScene : IScene
{
    public string Title => "The record";

    public string Point => "Each tenant's ledger is a chain of hashes. One step is reprinted from it alone, in the words of the pipeline.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        foreach (var tenant in (string[])["acme", "globex"])
        {
            var report = await play.Operator.VerifyAsync(tenant, cancellation);
            var length = report.Tenants.Sum(ledger => ledger.Length);
            play.Say(Speaker.Ledger, string.Create(CultureInfo.InvariantCulture, $"{tenant}: {length} entries, {(report.IsSound ? "sound" : "NOT sound")}"));
            Play.Expect($"{tenant}'s ledger is sound", true, report.IsSound);
            Play.Expect($"{tenant}'s ledger has entries", true, length > 0);
        }

        play.Say(Speaker.Ledger, $"replay {play.ApprovedStep}");
        var replay = await play.Operator.ReplayAsync("acme", play.ApprovedStep, cancellation);
        foreach (var stage in replay.Stages)
        {
            play.Say(Speaker.Ledger, string.Create(CultureInfo.InvariantCulture, $"  {stage.Name,-9} #{stage.LedgerNumber,-3} \t{stage.Text}"));
        }

        Play.ExpectIn("the replayed permission", play.HeldApproval, string.Join('\n', replay.Stages.Select(stage => stage.Text)));
        var heard = play.Overheard.Text;
        Play.Expect("the agents heard something", true, heard.Length > 0);
        Play.Expect("secrets in what the agents heard", 0, play.Secrets.All.Concat(play.Sessions.All).Count(secret => heard.Contains(secret, StringComparison.Ordinal)));
        Play.Expect("step tokens in what the agents heard", 0, StepToken().Count(heard));
        return string.Create(CultureInfo.InvariantCulture, $"both ledgers are sound; in {heard.Length:N0} characters that the agents were sent there is no key and no token");
    }

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepToken();
}

namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>What a run of the suite left behind.</summary>
/// <param name="ExitCode">What it ended with: 0 if every scored scenario did as expected.</param>
/// <param name="Output">What it said.</param>
/// <param name="Checks">What it checked, of scenarios that are not scored, too.</param>
internal sealed record SuiteRun(int ExitCode, string Output, IReadOnlyList<SuiteCheck> Checks)
{
    /// <summary>The scenarios of which at least one check was not skipped.</summary>
    public IEnumerable<string> Scenarios => Checks.Where(check => check.Status != "SKIPPED").Select(check => check.Scenario).Distinct(StringComparer.Ordinal);

    /// <summary>What it said in the end, and the checks of some scenarios that did not succeed.</summary>
    public string Report(IReadOnlyList<string> scenarios) => string.Join(
        '\n',
        [.. Checks.Where(check => check.Status is "FAILURE" or "WARNING" && scenarios.Contains(check.Scenario, StringComparer.Ordinal)).Select(check => check.ToString()), Summary]);

    private string Summary => Output[Math.Max(0, Output.IndexOf("=== SUMMARY ===", StringComparison.Ordinal))..];
}

namespace Touchstage.Safety.Policies.Testing;

/// <summary>What the policy tests of the manifests came to.</summary>
/// <param name="Results">Each test.</param>
/// <param name="Rules">Each rule, and what the tests made of it.</param>
public sealed record PolicyTestReport(IReadOnlyList<PolicyTestResult> Results, IReadOnlyList<RuleTally> Rules)
{
    /// <summary>The tests that failed.</summary>
    public IReadOnlyList<PolicyTestResult> Failed => [.. Results.Where(result => !result.Passed)];

    /// <summary>The rules that the tests do not show from every side.</summary>
    public IReadOnlyList<RuleTally> Uncovered => [.. Rules.Where(rule => !rule.IsCovered)];
}

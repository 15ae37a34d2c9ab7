namespace Touchstage.Safety.Policies;

/// <summary>Runs the policy tests that manifests bring along.</summary>
public interface IPolicyTests
{
    /// <summary>Loads the capabilities folder and runs every test in it, without a store and without any look-up.</summary>
    /// <returns>The results by capability; empty if the manifests do not load, which the manifests' own check reports.</returns>
    IReadOnlyList<PolicyTestResult> Run();
}

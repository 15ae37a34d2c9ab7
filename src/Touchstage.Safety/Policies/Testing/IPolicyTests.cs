namespace Touchstage.Safety.Policies.Testing;

/// <summary>Runs the policy tests that manifests bring along.</summary>
public interface IPolicyTests
{
    /// <summary>Loads the capabilities folder and runs the tests in it, without a store and without any look-up.</summary>
    /// <param name="only">The capabilities to test; none for all.</param>
    /// <returns>What every test and every rule came to, by capability; empty if the manifests do not load, which the manifests' own check reports.</returns>
    PolicyTestReport Run(params IReadOnlyCollection<string> only);
}

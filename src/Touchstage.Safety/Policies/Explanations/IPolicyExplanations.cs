namespace Touchstage.Safety.Policies.Explanations;

/// <summary>Says of a call that nobody makes what would be decided, and why. Nothing is looked up, recorded or sent.</summary>
public interface IPolicyExplanations
{
    /// <summary>Judges the call and explains the judgement.</summary>
    /// <param name="query">The call and the world around it.</param>
    /// <param name="cancellation">Ends the reading of the tenant.</param>
    /// <returns>The explanation, or everything that is wrong with the query.</returns>
    Task<PolicyExplanationReport> ExplainAsync(PolicyQuery query, CancellationToken cancellation);
}

using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Proves what agents can ever do without a person, from the rules and the schemas alone.</summary>
public interface IPolicyProofs
{
    /// <summary>Sums up what the capabilities of the folder let agents do unattended.</summary>
    /// <param name="capability">The only one to sum up, or null for all.</param>
    /// <param name="tenant">The tenant whose settings and rules count, or null: then settings are free within their schemas.</param>
    /// <param name="cancellation">Ends the look-up of the tenant.</param>
    /// <returns>A summary for each capability, or what is wrong with the manifests.</returns>
    Task<ProofReport> ProveAsync(string? capability, TenantId? tenant, CancellationToken cancellation);

    /// <summary>Compares the folder with an older one.</summary>
    /// <param name="olderDirectory">A folder of manifests.</param>
    /// <returns>Everything that is allowed now and was not, or of which that cannot be told; empty if surely nothing is.</returns>
    ProofComparison Compare(string olderDirectory);
}

using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Remembers signed states that travelled through a client, so that each is good once, whichever server it comes back to.</summary>
public interface ISpentStates
{
    /// <summary>Uses a state up.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="nonce">What makes the state unique, 128 characters at most.</param>
    /// <param name="expiresAt">From when on the state is refused anyway, and may be forgotten here.</param>
    /// <param name="cancellation">Stops it before it is recorded.</param>
    Task<StateSpending> SpendAsync(TenantId tenant, string nonce, DateTimeOffset expiresAt, CancellationToken cancellation);
}

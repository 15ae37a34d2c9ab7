using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Where access and refresh tokens are kept, sealed; and who may fetch the next one: one at a time over all servers.</summary>
internal interface IAccessTokenStore
{
    /// <summary>What is kept for the connection, or null.</summary>
    Task<KeptAccess?> FindAsync(TenantId tenant, string connection, CancellationToken cancellation);

    /// <summary>Takes the turn to ask for the next token, if nobody holds it and what is kept still has this version (0 for nothing).</summary>
    Task<AccessClaim> ClaimAsync(TenantId tenant, string connection, long version, string holder, TimeSpan hold, CancellationToken cancellation);

    /// <summary>Keeps what the holder got, and ends its turn.</summary>
    Task<AccessWrite> KeepAsync(TenantId tenant, string connection, string holder, NewAccess access);

    /// <summary>Says why the holder got nothing, and ends its turn. A grant that is dead is forgotten with its tokens.</summary>
    Task<AccessWrite> FailAsync(TenantId tenant, string connection, string holder, string failure, bool forgets);

    /// <summary>The API refused this version's access token: it is not used again.</summary>
    Task ExpireAsync(TenantId tenant, string connection, long version);

    /// <summary>Keeps what a person's consent gave, in place of anything earlier, with a ledger entry.</summary>
    Task<AccessWrite> GrantAsync(TenantId tenant, string connection, NewAccess access, CancellationToken cancellation);

    /// <summary>Forgets what is kept for the connection, with a ledger entry; whoever is asking for the next token meanwhile keeps nothing. Whether there was anything.</summary>
    Task<bool> ForgetAsync(TenantId tenant, string connection, CancellationToken cancellation);
}

using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>The access tokens that authorization servers give.</summary>
internal interface IAccessTokens
{
    /// <summary>The token that is kept for the connection, if it is good right now. Nothing is asked for here.</summary>
    Task<Result<OpenedAccess>> OpenAsync(TenantId tenant, Connection connection, CancellationToken cancellation);

    /// <summary>A token in exchange for the step's own, for this step alone.</summary>
    Task<Result<Secret>> ExchangeAsync(RecordedStep step, string? stepToken, CancellationToken cancellation);

    /// <summary>The API refused this token: the next step gets another. If that cannot be written, the next refusal says it again.</summary>
    Task ExpireAsync(TenantId tenant, Connection connection, long version);
}

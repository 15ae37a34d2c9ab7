using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Exchanges a step token for an access token to the connection's API (RFC 8693): for one step, so it is kept nowhere.</summary>
internal sealed class TokenExchanges(TokenClient client, TimeProvider time)
{
    /// <summary>The access token, or why there is none.</summary>
    public async Task<Result<Secret>> ExchangeAsync(RecordedStep step, string? stepToken, CancellationToken cancellation)
    {
        if (stepToken is null)
        {
            return CredentialRefusals.NoToken();
        }

        var scope = step.Action.Action.Scope;
        var result = await client.AskAsync(scope.Tenant.Id, scope.Connection, TokenGrant.Exchange(scope.Connection, stepToken, step.Action.Scope), cancellation);
        return result.Answer is not { } answer ? result.No!
            : answer.ExpiresAt > time.GetUtcNow() ? Secret.Of(answer.RevealAccessToken())
            : OAuthRefusals.Expired();
    }
}

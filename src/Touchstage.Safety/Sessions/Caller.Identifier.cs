using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

public sealed partial class Caller
{
    /// <summary>The stage <c>identify</c>: a session key or an access token becomes a caller, checked anew on every request. Without token sessions no token does.</summary>
    internal sealed class Identifier(ISessionStore sessions, TimeProvider time, TokenSessions? tokens = null) : ICallers
    {
        /// <inheritdoc/>
        public async Task<Result<Caller>> IdentifyAsync(string? sessionKey, CancellationToken cancellation)
        {
            if (tokens is { TakesTokens: true } && sessionKey is not null && TokenText.IsMeant(sessionKey))
            {
                return (await tokens.FindAsync(sessionKey, cancellation)).TryGet(out var opened, out var refusal) ? Admit(opened) : refusal;
            }

            if (string.IsNullOrEmpty(sessionKey) || sessionKey.Length > SessionKey.MaxLength)
            {
                return SessionRefusals.Unknown();
            }

            return Admit(await sessions.FindByKeyHashAsync(SessionKey.Hash(sessionKey), cancellation));
        }

        /// <summary>The approver whose session a signed-in browser names; it is as good as its key would be.</summary>
        public async Task<Result<Caller>> ReturnAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
            await sessions.FindAsync(tenant, sessionId, cancellation) switch
            {
                { Kind: not SessionKind.Approver } => SessionRefusals.OnlyApproversDecide(),
                var session => Admit(session),
            };

        /// <summary>
        /// The caller of a session that proposed something earlier, for carrying out what people approved since. An expired session still is who it was;
        /// a revoked one is nobody.
        /// </summary>
        public async Task<Result<Caller>> RecallAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
            await sessions.FindAsync(tenant, sessionId, cancellation) switch
            {
                null => SessionRefusals.Unknown(),
                { RevokedAt: not null } => SessionRefusals.Revoked(),
                { Kind: SessionKind.Agent } session => new Caller(session),
                _ => SessionRefusals.OnlyAgentsAct(),
            };

        /// <summary>The same for the approver who changed what was proposed.</summary>
        public async Task<Result<Caller>> RecallApproverAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
            await sessions.FindAsync(tenant, sessionId, cancellation) switch
            {
                null => SessionRefusals.Unknown(),
                { RevokedAt: not null } => SessionRefusals.Revoked(),
                { Kind: SessionKind.Approver } session => new Caller(session),
                _ => SessionRefusals.OnlyApproversDecide(),
            };

        private Result<Caller> Admit(SessionRecord? session) => session switch
        {
            null => SessionRefusals.Unknown(),
            { RevokedAt: not null } => SessionRefusals.Revoked(),
            _ when session.ExpiresAt <= time.GetUtcNow() => SessionRefusals.Expired(),
            { Kind: SessionKind.Agent or SessionKind.Approver } => new Caller(session),
            _ => SessionRefusals.Unknown(),
        };
    }
}

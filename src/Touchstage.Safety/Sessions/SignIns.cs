using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <inheritdoc/>
internal sealed class SignIns(Caller.Identifier identifier, ISessionStore sessions, ISignInStore tickets, IIdSource ids, TimeProvider time) : ISignIns
{
    private const string Client = "inbox";

    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MinLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(12);

    /// <inheritdoc/>
    public async Task<Result<SignInTicket>> CreateTicketAsync(Caller approver, CancellationToken cancellation)
    {
        if (approver.Kind != SessionKind.Approver)
        {
            return SessionRefusals.OnlyApproversDecide();
        }

        var ticket = SignInTicket.Create(approver.Tenant, time.GetUtcNow() + TicketLifetime);
        await tickets.AddAsync(approver.Tenant, ticket.Hash(), approver.SessionId, ticket.ExpiresAt, cancellation);
        return ticket;
    }

    /// <inheritdoc/>
    public async Task<Result<Caller>> RedeemAsync(string? ticket, CancellationToken cancellation) =>
        SignInTicket.TryRead(ticket, out var tenant, out var hash)
        && await tickets.RedeemAsync(tenant, hash, cancellation) is { } session
        && (await identifier.ReturnAsync(tenant, session, cancellation)).TryGet(out var approver, out _)
            ? approver
            : SessionRefusals.NoSuchTicket();

    /// <inheritdoc/>
    public async Task<Result<Caller>> AdmitAsync(ExternalIdentity identity, TimeSpan lifetime, CancellationToken cancellation)
    {
        // Invariant: subjects of session keys are this server's own to vouch for, whatever a provider calls itself.
        if (identity.Issuer == SessionAdministration.Issuer
            || !Principal.TryCreate(identity.Tenant, identity.Issuer, identity.Subject, null, out var principal)
            || Principal.TryFold(identity.Person) is not { } person
            || identity.Roles.IsDefaultOrEmpty
            || !identity.Roles.All(SessionRole.IsName)
            || lifetime < MinLifetime
            || lifetime > MaxLifetime)
        {
            return SessionRefusals.NotAdmitted();
        }

        // Nobody is ever shown the key, so the session is to be had through the provider alone.
        var (key, now) = (SessionKey.Create(SessionKind.Approver), time.GetUtcNow());
        var session = new SessionRecord(
            ids.Next("ses"), principal, SessionKind.Approver, [.. identity.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], Client, now, now + lifetime, null, person);
        return await sessions.AddAsync(identity.Tenant, session, SessionKey.Hash(key.Reveal()), cancellation) == SessionWrite.Written
            ? await identifier.ReturnAsync(identity.Tenant, session.Id, cancellation)
            : SessionRefusals.NotAdmitted();
    }

    /// <inheritdoc/>
    public Task<Result<Caller>> IdentifyAsync(TenantId tenant, string sessionId, CancellationToken cancellation) => identifier.ReturnAsync(tenant, sessionId, cancellation);

    /// <inheritdoc/>
    public Task EndAsync(Caller approver) =>
        approver.Principal.Issuer == SessionAdministration.Issuer ? Task.CompletedTask : tickets.EndAsync(approver.Tenant, approver.SessionId);
}

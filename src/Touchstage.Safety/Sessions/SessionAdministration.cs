using System.Collections.Immutable;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <inheritdoc/>
internal sealed class SessionAdministration(ISessionStore sessions, ITokenSessionStore tokens, IIdSource ids, TimeProvider time) : ISessionAdministration
{
    /// <summary>Who vouches for the subjects of session keys.</summary>
    public const string Issuer = "touchstage";

    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(366);

    /// <inheritdoc/>
    public async Task<Result<NewSession>> CreateAsync(TenantId tenant, SessionRequest request, CancellationToken cancellation)
    {
        if (!Principal.TryCreate(tenant, Issuer, request.Subject, request.OnBehalfOf, out var principal))
        {
            return No("A subject is 1 to 255 printable ASCII characters without spaces, such as an e-mail address.");
        }

        if (request.Kind is not (SessionKind.Agent or SessionKind.Approver))
        {
            return No("A session is for an agent or for an approver.");
        }

        if (!request.Roles.All(SessionRole.IsName))
        {
            return No("A role is 1 to 64 of a-z, 0-9, _ and -.");
        }

        if (request.Client.Length is < 1 or > 64 || !request.Client.All(c => c is >= ' ' and < '\x7f'))
        {
            return No("A client's name is 1 to 64 printable ASCII characters.");
        }

        if (request.Person is not null && Principal.TryFold(request.Person) is null)
        {
            return No("A person is named like a subject: 1 to 255 printable ASCII characters without spaces, such as an e-mail address.");
        }

        if (request.Lifetime < TimeSpan.FromMinutes(1) || request.Lifetime > MaxLifetime)
        {
            return No("A session lives a minute at least and 366 days at most.");
        }

        var (key, now) = (SessionKey.Create(request.Kind), time.GetUtcNow());
        ImmutableArray<string> roles = [.. request.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var session = new SessionRecord(ids.Next("ses"), principal, request.Kind, roles, request.Client, now, now + request.Lifetime, null, request.Person is { } person ? Principal.TryFold(person) : null);
        return await sessions.AddAsync(tenant, session, SessionKey.Hash(key.Reveal()), cancellation) switch
        {
            SessionWrite.Written => new NewSession(session, key),
            SessionWrite.NoSuchTenant => No($"There is no tenant {tenant}. Apply its manifest first: touchstage tenant apply FILE."),
            _ => No("The session could not be stored."),
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionRecord>> ListAsync(TenantId tenant, CancellationToken cancellation) => sessions.ListAsync(tenant, cancellation);

    /// <inheritdoc/>
    public async Task<Result<SessionRecord>> RevokeAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
        await sessions.RevokeAsync(tenant, sessionId, time.GetUtcNow(), cancellation) switch
        {
            SessionWrite.Written or SessionWrite.AlreadyRevoked when await sessions.FindAsync(tenant, sessionId, cancellation) is { } session => session,
            SessionWrite.NoSuchSession or SessionWrite.NoSuchTenant => No($"There is no session {sessionId} in tenant {tenant}."),
            _ => No("The session could not be revoked."),
        };

    /// <inheritdoc/>
    public async Task<Result<SessionRecord>> ReadmitAsync(TenantId tenant, string sessionId, CancellationToken cancellation) =>
        await tokens.ReadmitAsync(tenant, sessionId, cancellation) switch
        {
            SessionWrite.Written when await sessions.FindAsync(tenant, sessionId, cancellation) is { } session => session,
            SessionWrite.NoSuchSession or SessionWrite.NoSuchTenant => No($"There is no session {sessionId} in tenant {tenant}."),
            _ => No($"Session {sessionId} shuts nobody out: no access token opened it, or it was not revoked. A revoked session key stays so; make a new one: touchstage session create."),
        };

    private static Refusal No(string reason) => new(SessionRefusals.NotCreated, reason);
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Sessions;

/// <summary>A session as it is stored: everything but the key, of which only a hash is kept.</summary>
/// <param name="Id">The session's id, <c>ses_…</c>.</param>
/// <param name="Principal">Who.</param>
/// <param name="Kind">What for.</param>
/// <param name="Roles">Its roles, sorted, without doubles.</param>
/// <param name="Client">What program uses it, as named when it was created.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it is no longer good.</param>
/// <param name="RevokedAt">When it was taken back, or null.</param>
/// <param name="Person">The person it is linked to beside its subject, normalised, or null: nobody decides what another session of theirs asked for.</param>
public sealed record SessionRecord(
    string Id,
    Principal Principal,
    SessionKind Kind,
    ImmutableArray<string> Roles,
    string Client,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    string? Person = null);

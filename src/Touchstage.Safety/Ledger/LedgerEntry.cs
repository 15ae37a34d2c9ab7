using System.Collections.Immutable;

namespace Touchstage.Safety.Ledger;

/// <summary>
/// One entry as stored. <paramref name="Bytes"/> are RFC 8785 JSON: <c>{ v, tenant, n, at, kind, subject, trace?, body, sealed?, prev }</c>, where <c>prev</c> is the
/// hash of the entry before (64 zeros for the first) and <c>sealed</c> the commitment to the payload.
/// </summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Number">Its place in the tenant's ledger, from 1 without gaps.</param>
/// <param name="At">When it was written.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">To what.</param>
/// <param name="Bytes">The exact bytes that are hashed.</param>
/// <param name="Hash">Lower-case hex of the SHA-256 of the bytes.</param>
internal sealed record LedgerEntry(string Tenant, long Number, DateTimeOffset At, string Kind, string Subject, ImmutableArray<byte> Bytes, string Hash);

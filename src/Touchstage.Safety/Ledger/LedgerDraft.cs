using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Ledger;

/// <summary>
/// What a command wants written in the ledger. The store adds tenant, number, time and the hash of the entry before, in the same transaction as the
/// command's other rows.
/// </summary>
/// <param name="Kind">One of <see cref="LedgerKind"/>.</param>
/// <param name="Subject">The id of what it is about: an approval, a step, a session, a connection.</param>
/// <param name="Body">What anyone who may read the ledger sees; sensitive values are masked.</param>
/// <param name="Payload">What only <c>replay</c> and <c>simulate</c> need, sealed under the tenant's key; the entry carries a salted commitment to it. Null for none.</param>
/// <param name="Trace">The W3C trace id, or null outside a trace.</param>
internal sealed record LedgerDraft(string Kind, string Subject, CanonicalJson Body, CanonicalJson? Payload, string? Trace);

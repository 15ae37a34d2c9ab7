using System.Collections.Immutable;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Approvals;

/// <summary>What one revision of an approval shows, and what a vote on it is bound to.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Digest">The revision digest, <c>sha256:…</c>; see <see cref="RevisionDigest"/>.</param>
/// <param name="ActionDigest">What makes two proposals the same, for the action of this revision.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="Modifier">Who changed the action, in this revision or in one that it follows from; null where it is as proposed.</param>
/// <param name="Summary">One line, rendered from the arguments.</param>
/// <param name="Reasons">Why it was held: permanent codes with a rule's id where there is one, sorted.</param>
/// <param name="Case">Everything else a person must see and the executor must compare, as one JSON document; stored sealed. Its shape is <see cref="ApprovalCase"/>.</param>
/// <param name="At">When this revision was made.</param>
internal sealed record ApprovalRevision(
    int Number, string Digest, string ActionDigest, RevisionOrigin Origin, Modifier? Modifier, string Summary, ImmutableArray<string> Reasons, CanonicalJson Case, DateTimeOffset At);

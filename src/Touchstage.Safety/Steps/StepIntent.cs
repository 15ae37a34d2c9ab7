using System.Collections.Immutable;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Steps;

/// <summary>
/// Asks the journal to admit a step. In one transaction and in this order: no identical step of the principal stands in the way, no approval of the identical action stands for
/// it (without a claim), the claimed approval is still approved at
/// that revision, limits reserve (the first candidate all of whose limits have room; with a claim only hard ones can refuse), then step, uses, claim and ledger entry are written.
/// </summary>
/// <param name="StepId">The new step's id and <c>txn</c>, <c>stp_…</c>.</param>
/// <param name="Principal">Whose step.</param>
/// <param name="SessionId">In which session.</param>
/// <param name="Scope">The capability, <c>fact:CAPABILITY.FACT</c> or <c>verify:CAPABILITY</c>.</param>
/// <param name="Capability">The capability.</param>
/// <param name="ManifestDigest">The manifest's version.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="ActionDigest">What makes two actions the same; null for a step that may run beside its equal (facts, read-only capabilities).</param>
/// <param name="RepeatAfter">For how long after completing it answers for an identical one; zero for not at all.</param>
/// <param name="RejectionMemory">For how long an identical action that a person rejected stays rejected.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="At">Now.</param>
/// <param name="Deadline">When it becomes unknown if it was not settled.</param>
/// <param name="VerifyAt">When it is looked at for the first time if it becomes unknown; null if it is never.</param>
/// <param name="Candidates">The uses of each permitting rule, in order; at least one set, which may be empty.</param>
/// <param name="Claim">The approval it executes, or null.</param>
/// <param name="Entry">Its ledger entry.</param>
internal sealed record StepIntent(
    string StepId,
    Principal Principal,
    string SessionId,
    string Scope,
    string Capability,
    string ManifestDigest,
    string Connection,
    string? ActionDigest,
    TimeSpan RepeatAfter,
    TimeSpan RejectionMemory,
    string Summary,
    DateTimeOffset At,
    DateTimeOffset Deadline,
    DateTimeOffset? VerifyAt,
    ImmutableArray<ImmutableArray<LimitUse>> Candidates,
    ApprovalClaim? Claim,
    LedgerDraft Entry);

using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>
/// Replays one tenant's history twice, side by side: as it was, and as the candidate would have it. The second has limits of its own: what the candidate would have let through counts in
/// them from then on, and what it would have held does not.
/// </summary>
internal sealed class TenantReplay(CatalogSnapshot candidate, ManifestVersions versions, SimulationTally tally)
{
    private readonly LimitHistory asItWas = new();
    private readonly LimitHistory asItWouldBe = new();
    private readonly Dictionary<string, CallDecision> asked = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry of the ledger.</summary>
    public async Task TakeAsync(RecordedCall call, CancellationToken cancellation)
    {
        switch (call.Kind)
        {
            case RecordedCallKind.Settled:
                asItWas.Settle(call.Id, call.IsKnown, call.IsReleased);
                asItWouldBe.Settle(call.Id, call.IsKnown, call.IsReleased);
                break;
            case RecordedCallKind.None or RecordedCallKind.Revised:
                break;
            default:
                if (await ReplayAsync(call, cancellation) is { } reason)
                {
                    Fail(call, reason);
                }

                break;
        }
    }

    private async Task<string?> ReplayAsync(RecordedCall call, CancellationToken cancellation)
    {
        if (call is not { Unreadable: null, Arguments: { } arguments, Judged: { } judged, TenantManifest: { } tenant })
        {
            return call.Unreadable ?? "the entry does not say what was judged";
        }

        if (await versions.FindAsync(call, cancellation) is not { } recordedUnder)
        {
            return "the manifest version that decided is not kept, or does not load any more";
        }

        if (TenantBinding.Bind(tenant, recordedUnder) is not { } scope)
        {
            return "the record does not replay: the tenant's manifest of that time does not fit the capability's";
        }

        var replay = new CallReplay(scope, recordedUnder, judged.Settings);
        var (before, failure) = replay.Judge(arguments, judged);
        return before is null ? $"the record does not replay: {failure}"
            : call.Kind is RecordedCallKind.Executed ? ReplayExecution(call, before, recordedUnder, tenant)
            : ReplayDecision(call, replay, before, recordedUnder, tenant);
    }

    private string? ReplayDecision(RecordedCall call, CallReplay replay, Ruling before, Capability recordedUnder, Tenant tenant)
    {
        var asksLimits = call is not { Kind: RecordedCallKind.Answered, Reasons.IsEmpty: true };
        before = asksLimits ? replay.Limit(before, asItWas, call.LimitsAt) : before;
        if (call.Kind is RecordedCallKind.Permitted)
        {
            asItWas.Add(call.Id, before.Uses, call.LimitsAt, isOpen: true, call.OpenUntil);
        }

        if (Misses(call, before) is { } difference)
        {
            return difference;
        }

        var (other, after, unknown) = Candidate(call, recordedUnder, tenant);
        if (after is null)
        {
            return unknown;
        }

        after = asksLimits && other is not null ? other.Limit(after, asItWouldBe, call.LimitsAt) : after;
        if (after.Decision is CallDecision.Permitted && call.Kind is not RecordedCallKind.Answered)
        {
            asItWouldBe.Add(call.Kind is RecordedCallKind.Refused ? $"#{call.Number}" : call.Id, after.Uses, call.LimitsAt, isOpen: call.Kind is RecordedCallKind.Permitted, call.OpenUntil);
        }

        if (call.ApprovalId is { } approval)
        {
            asked[approval] = after.Decision;
        }

        Tell(call, before, after, recordedUnder);
        return null;
    }

    // What people approved was judged again when it was executed: a forbid, and a hard limit, stop it there.
    private string? ReplayExecution(RecordedCall call, Ruling before, Capability recordedUnder, Tenant tenant)
    {
        asItWas.Add(call.Id, before.Uses, call.LimitsAt, isOpen: true, call.OpenUntil);
        if (before.Decision is CallDecision.Forbidden)
        {
            return "the record does not replay: recorded as executed, replays as forbidden";
        }

        // The candidate would have carried it out at once, or would have asked nobody: then there is no later execution.
        if (asked.TryGetValue(call.ApprovalId ?? "", out var decision) && decision is not CallDecision.Blocked)
        {
            return null;
        }

        var (_, after, unknown) = Candidate(call, recordedUnder, tenant);
        if (after is null)
        {
            return unknown;
        }

        if (after.Decision is not CallDecision.Forbidden)
        {
            // A hard limit of what may be under way at one time only lets it wait.
            var spent = asItWouldBe.Choose([after.Uses], call.LimitsAt, isApproved: true).Spent is { CountsOpen: false } hard ? hard : null;
            after = after with { Decision = spent is null ? CallDecision.Blocked : CallDecision.Forbidden, Why = spent is null ? null : $"hard limit spent: {spent.Label}" };
        }

        if (after.Decision is CallDecision.Blocked)
        {
            asItWouldBe.Add(call.Id, after.Uses, call.LimitsAt, isOpen: true, call.OpenUntil);
        }

        Tell(call, before with { Decision = CallDecision.Blocked }, after, recordedUnder);
        return null;
    }

    private (CallReplay? Replay, Ruling? Ruling, string? Unknown) Candidate(RecordedCall call, Capability recordedUnder, Tenant tenant)
    {
        if (!candidate.For(tenant).TryGetValue(call.Capability, out var scope))
        {
            var why = candidate.Capabilities.ContainsKey(call.Capability)
                ? "the tenant does not have the capability as the candidate declares it"
                : "the candidate does not have the capability";
            return (null, Ruling.Refused(why), null);
        }

        var replay = new CallReplay(scope, recordedUnder, scope.Settings);
        var (ruling, unknown) = replay.Judge(call.Arguments!, call.Judged!);
        return (replay, ruling, unknown);
    }

    private void Tell(RecordedCall call, Ruling before, Ruling after, Capability recordedUnder) =>
        tally.Add(call, before.Decision, after.Decision, () => RulingText.Cause(before, after), () => Masked(call, recordedUnder));

    // Invariant: what either version calls sensitive is not shown.
    private string Masked(RecordedCall call, Capability recordedUnder)
    {
        var masked = recordedUnder.Input.Mask(call.Arguments!);
        return candidate.Capabilities.TryGetValue(call.Capability, out var other) ? other.Input.Mask(masked).Text : masked.Text;
    }

    private void Fail(RecordedCall call, string reason)
    {
        if (tally.Covers(call))
        {
            tally.Fail(call, reason);
        }
        else if (call.Kind is RecordedCallKind.Permitted or RecordedCallKind.Executed && tally.Covers(call with { At = call.At + LongestWindow(call.Capability) }))
        {
            tally.Fail(call, $"before the period, and what it used of limits is not known: {reason}");
        }
    }

    private TimeSpan LongestWindow(string capability) =>
        candidate.Capabilities.TryGetValue(capability, out var found) ? found.Rules.SelectMany(rule => rule.Limits).Select(limit => limit.Window).DefaultIfEmpty().Max() : TimeSpan.Zero;

    private static string? Misses(RecordedCall call, Ruling replayed)
    {
        var recorded = call.Kind switch
        {
            RecordedCallKind.Permitted => CallDecision.Permitted,
            RecordedCallKind.Held => CallDecision.Blocked,
            RecordedCallKind.Answered => call.Reasons.IsEmpty ? CallDecision.Permitted : CallDecision.Blocked,
            _ => CallDecision.Forbidden,
        };
        return recorded != replayed.Decision ? $"the record does not replay: recorded as {Word(recorded)}, replays as {Word(replayed.Decision)}"
            : call.Kind is not RecordedCallKind.Permitted && !replayed.Reasons.SequenceEqual(call.Reasons, StringComparer.Ordinal) ? "the record does not replay: it replays for other reasons"
            : null;
    }

    private static string Word(CallDecision decision) => decision switch
    {
        CallDecision.Permitted => "permitted",
        CallDecision.Blocked => "blocked",
        _ => "forbidden",
    };
}

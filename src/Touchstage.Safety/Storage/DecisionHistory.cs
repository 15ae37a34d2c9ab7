using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Reads decided calls out of the ledger, and opens what is sealed.</summary>
internal sealed class DecisionHistory(ILedgerStore ledger, ITenantStore tenants) : IDecisionHistory
{
    // What people, or a full queue, had answered: policy did not decide it.
    private static readonly ImmutableHashSet<string> Answers =
        [ApprovalRefusals.Rejected.Value, ApprovalRefusals.ModifiedInstead.Value, ApprovalRefusals.TooManyPending.Value];

    public async Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation) => [.. (await ledger.TenantsAsync(cancellation)).Select(TenantId.Parse)];

    public async IAsyncEnumerable<RecordedCall> ReadAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isShredded = await tenants.LifeAsync(tenant, cancellation) is TenantLife.Shredded;
        var manifests = new Dictionary<string, Tenant>(StringComparer.Ordinal);
        await foreach (var entry in ledger.ReadAsync(tenant, 1, cancellation))
        {
            if (entry.Kind == LedgerKind.TenantApplied)
            {
                await KeepManifestAsync(tenant, entry, manifests, cancellation);
            }
            else if (Of(tenant, entry) is { Kind: not RecordedCallKind.None } call)
            {
                yield return call.Kind is RecordedCallKind.Settled ? call : await OpenAsync(call, manifests, isShredded, cancellation);
            }
        }
    }

    private async Task KeepManifestAsync(TenantId tenant, LedgerEntry entry, Dictionary<string, Tenant> manifests, CancellationToken cancellation)
    {
        if (await TryOpenAsync(tenant, entry.Number, cancellation) is { } document && Body(entry).GetProperty("digest").GetString() is { } digest)
        {
            manifests[digest] = TenantDocument.Read(tenant.Value, document.Text, digest);
        }
    }

    private async Task<RecordedCall> OpenAsync(RecordedCall call, Dictionary<string, Tenant> manifests, bool isShredded, CancellationToken cancellation)
    {
        if (isShredded)
        {
            return call with { Unreadable = "shredded: the tenant's keys were destroyed" };
        }

        CanonicalJson? payload;
        try
        {
            payload = await ledger.OpenPayloadAsync(call.Tenant, call.Number, cancellation);
        }
        catch (CryptographicException)
        {
            return call with { Unreadable = "its sealed payload does not open" };
        }

        if (payload is null || !payload.Root.TryGetProperty("arguments", out var arguments))
        {
            return call with { Unreadable = "masked: nothing is left but what anybody may read" };
        }

        if (RecordedJudgement.Read(payload.Root) is not { } judged)
        {
            return call with { Unreadable = "recorded by an earlier version, without what it was judged on" };
        }

        return manifests.TryGetValue(judged.TenantManifest, out var manifest)
            ? call with
            {
                Arguments = CanonicalJson.Restore(arguments.GetRawText()),
                Judged = judged,
                TenantManifest = manifest,
                LimitsAt = Instant(payload.Root, "recorded_at") ?? judged.At,
                OpenUntil = Instant(payload.Root, "open_until"),
            }
            : call with { Unreadable = "the tenant's manifest of that time is not in the ledger" };
    }

    private async Task<CanonicalJson?> TryOpenAsync(TenantId tenant, long number, CancellationToken cancellation)
    {
        try
        {
            return await ledger.OpenPayloadAsync(tenant, number, cancellation);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static RecordedCall? Of(TenantId tenant, LedgerEntry entry) => entry.Kind switch
    {
        LedgerKind.StepRecorded => Step(tenant, entry),
        LedgerKind.StepSettled => Settled(tenant, entry),
        LedgerKind.ApprovalCreated => Approval(tenant, entry, RecordedCallKind.Held),
        LedgerKind.ApprovalRevised => Approval(tenant, entry, RecordedCallKind.Revised),
        LedgerKind.ActionForbidden => Refused(tenant, entry),
        _ => null,
    };

    // A look-up has no findings: nobody judges it.
    private static RecordedCall? Step(TenantId tenant, LedgerEntry entry)
    {
        var body = Body(entry);
        if (!body.TryGetProperty("findings", out _))
        {
            return null;
        }

        var call = Call(tenant, entry, RecordedCallKind.Permitted);
        return body.TryGetProperty("approval", out var approval)
            ? call with { Kind = RecordedCallKind.Executed, ApprovalId = Text(approval, "id"), Revision = approval.GetProperty("revision").GetInt32() }
            : call;
    }

    private static RecordedCall Settled(TenantId tenant, LedgerEntry entry)
    {
        var body = Body(entry);
        return Call(tenant, entry, RecordedCallKind.Settled) with { IsKnown = Text(body, "status") is "completed" or "failed", IsReleased = Flag(body, "surely_not_reached") };
    }

    private static RecordedCall Approval(TenantId tenant, LedgerEntry entry, RecordedCallKind kind) =>
        Call(tenant, entry, kind) with { ApprovalId = entry.Subject, Revision = Body(entry).GetProperty("revision").GetInt32() };

    private static RecordedCall Refused(TenantId tenant, LedgerEntry entry) =>
        Call(tenant, entry, Answers.Contains(Text(Body(entry), "code") ?? "") ? RecordedCallKind.Answered : RecordedCallKind.Refused);

    private static RecordedCall Call(TenantId tenant, LedgerEntry entry, RecordedCallKind kind)
    {
        var body = Body(entry);
        return new()
        {
            Tenant = tenant,
            Number = entry.Number,
            At = entry.At,
            Kind = kind,
            Id = entry.Subject,
            Capability = Text(body, "capability") ?? "",
            ManifestDigest = Text(body, "manifest") ?? "",
            Reasons = body.TryGetProperty("reasons", out var reasons) ? [.. reasons.EnumerateArray().Select(reason => reason.GetString()!).Order(StringComparer.Ordinal)] : [],
        };
    }

    private static JsonElement Body(LedgerEntry entry) => CanonicalJson.Restore(entry.Bytes.AsSpan()).Root.GetProperty("body");

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Instant(JsonElement parent, string name) => parent.TryGetProperty(name, out _) ? RecordedJudgement.InstantOf(parent, name) : null;

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;
}

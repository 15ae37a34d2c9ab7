using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>Makes approvals of their rows.</summary>
internal sealed class ApprovalReader(TenantSeal seal, OutcomeBox outcomes)
{
    /// <summary>Where a revision's case is sealed for.</summary>
    public static SealedPlace PlaceOf(string approvalId, int revision) => new("approval", approvalId, revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>The rows of these approvals, in the order given.</summary>
    public static async Task<IReadOnlyList<ApprovalSnapshot>> SnapshotAsync(StoreContext rows, TenantId tenant, IReadOnlyList<ApprovalRow> approvals, CancellationToken cancellation)
    {
        var ids = approvals.Select(row => row.Id).ToList();
        var revisions = await rows.Revisions.Where(row => row.Tenant == tenant.Value && ids.Contains(row.ApprovalId)).ToListAsync(cancellation);
        var notes = await rows.Notes.Where(row => row.Tenant == tenant.Value && ids.Contains(row.ApprovalId)).OrderBy(row => row.Number).ToListAsync(cancellation);
        var votes = await rows.Votes.Where(row => row.Tenant == tenant.Value && ids.Contains(row.ApprovalId)).OrderBy(row => row.Number).ToListAsync(cancellation);
        return [.. approvals.Select(approval => new ApprovalSnapshot(
            approval,
            revisions.Single(row => row.ApprovalId == approval.Id && row.Number == approval.Revision),
            revisions.Single(row => row.ApprovalId == approval.Id && row.Number == 1),
            [.. votes.Where(row => row.ApprovalId == approval.Id)],
            [.. notes.Where(row => row.ApprovalId == approval.Id)]))];
    }

    /// <summary>The rows of this approval, or null if that tenant has none of that id.</summary>
    public static async Task<ApprovalSnapshot?> SnapshotAsync(StoreContext rows, TenantId tenant, string approvalId, CancellationToken cancellation)
    {
        var approval = await rows.Approvals.SingleOrDefaultAsync(row => row.Tenant == tenant.Value && row.Id == approvalId, cancellation);
        return approval is null ? null : (await SnapshotAsync(rows, tenant, [approval], cancellation))[0];
    }

    /// <summary>The approval, opened.</summary>
    /// <exception cref="CryptographicException">What it holds sealed does not open.</exception>
    public async Task<ApprovalRecord?> OpenAsync(TenantId tenant, ApprovalSnapshot? snapshot, CancellationToken cancellation)
    {
        if (snapshot is null)
        {
            return null;
        }

        var row = snapshot.Approval;
        var revision = await OpenAsync(tenant, snapshot.Revision, cancellation);
        return new ApprovalRecord(
            row.Id,
            tenant,
            row.State,
            StoredPrincipal.Read(row.Tenant, row.RequesterIssuer, row.RequesterSubject, row.RequesterOnBehalfOf),
            row.RequesterPerson,
            row.RequesterSession,
            row.Capability,
            row.ManifestDigest,
            row.Connection,
            revision,
            revision.Modifier is null ? revision : await OpenAsync(tenant, snapshot.First, cancellation),
            StoredEscalations.TermsOf(row),
            [.. snapshot.Votes.Select(Vote)],
            [.. snapshot.Notes.Select(Note)],
            StoreTime.FromMicros(row.CreatedAt),
            StoreTime.FromMicros(row.ExpiresAt),
            row.StepId,
            row.StepId is null ? null : await outcomes.OpenAsync(tenant, row.StepId, row.OutcomeBox, cancellation),
            row.ClosingCode,
            row.ClosingReason,
            row.ClosingTag)
        {
            ClosedAt = row.ClosedAt is { } closed ? StoreTime.FromMicros(closed) : null,
        };
    }

    /// <summary>A revision, sealed as its row.</summary>
    public async Task<RevisionRow> SealAsync(TenantId tenant, string approvalId, ApprovalRevision revision, CancellationToken cancellation) => new()
    {
        Tenant = tenant.Value,
        ApprovalId = approvalId,
        Number = revision.Number,
        Digest = revision.Digest,
        ActionDigest = revision.ActionDigest,
        Origin = revision.Origin,
        ModifierIssuer = revision.Modifier?.Principal.Issuer,
        ModifierSubject = revision.Modifier?.Principal.Subject,
        ModifierOnBehalfOf = revision.Modifier?.Principal.OnBehalfOf,
        ModifierPerson = revision.Modifier?.Person,
        ModifierSession = revision.Modifier?.SessionId,
        ModifierNote = revision.Modifier?.Note,
        Summary = revision.Summary,
        Reasons = StoredList.Write(revision.Reasons),
        CaseBox = await seal.SealAsync(tenant, PlaceOf(approvalId, revision.Number), revision.Case.Bytes.AsMemory(), cancellation),
        At = revision.At.ToMicros(),
    };

    private async Task<ApprovalRevision> OpenAsync(TenantId tenant, RevisionRow row, CancellationToken cancellation)
    {
        var document = CanonicalJson.Restore(await seal.OpenAsync(tenant, PlaceOf(row.ApprovalId, row.Number), row.CaseBox, cancellation));
        return new ApprovalRevision(row.Number, row.Digest, row.ActionDigest, row.Origin, ModifierOf(row), row.Summary, StoredList.Read(row.Reasons), document, StoreTime.FromMicros(row.At));
    }

    private static Modifier? ModifierOf(RevisionRow row) => row is { ModifierIssuer: { } issuer, ModifierSubject: { } subject, ModifierSession: { } session }
        ? new(StoredPrincipal.Read(row.Tenant, issuer, subject, row.ModifierOnBehalfOf), row.ModifierPerson, session, row.ModifierNote ?? "")
        : null;

    private static ApprovalNote Note(NoteRow row) => new(
        StoredPrincipal.Read(row.Tenant, row.AuthorIssuer, row.AuthorSubject, row.AuthorOnBehalfOf),
        row.AuthorPerson,
        row.SessionId,
        row.Kind,
        row.Text,
        row.Channel,
        StoreTime.FromMicros(row.At));

    private static ApprovalVote Vote(VoteRow row) => new(
        row.Revision,
        row.RevisionDigest,
        StoredPrincipal.Read(row.Tenant, row.VoterIssuer, row.VoterSubject, row.VoterOnBehalfOf),
        row.VoterPerson,
        row.SessionId,
        row.Decision,
        row.Reason,
        row.Tag,
        row.Channel,
        StoreTime.FromMicros(row.At),
        row.Statement);
}

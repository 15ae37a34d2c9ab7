using System.Diagnostics;
using System.Text.Json.Nodes;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>What people do about an approval beside deciding: say something, take it on, look behind the mask; and its requester takes it back.</summary>
internal sealed class ApprovalNotes(IApprovalStore store, ApprovalAccess access, ApprovalViews views, TimeProvider time)
{
    /// <summary>A comment, a claim or a release.</summary>
    public async Task<Result<ApprovalView>> AddAsync(Caller approver, string approvalId, NoteKind kind, string text, DecisionChannel channel, CancellationToken cancellation)
    {
        if (kind is not (NoteKind.Comment or NoteKind.Claim or NoteKind.Release))
        {
            throw new ArgumentOutOfRangeException(nameof(kind));
        }

        if (!(await access.DecidableAsync(approver, approvalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        var said = VoteEntry.Clean(text);
        if (kind is NoteKind.Comment && said.Length == 0)
        {
            return new Refusal(ApprovalRefusals.NothingToSay, "A comment has to say something.");
        }

        return await WriteAsync(approver, approval, kind, said, channel, cancellation) switch
        {
            ApprovalWrite.Written => await ShowAsync(approver, approvalId, cancellation),
            ApprovalWrite.MovedOn => VoteEntry.TooLate(await store.FindAsync(approver.Tenant, approvalId, cancellation) ?? approval, time.GetUtcNow()),
            _ => ApprovalRefusals.UnknownApproval(),
        };
    }

    /// <summary>The values behind the mask, of the revision that was shown. Invariant: they are not shown before it is recorded who looks.</summary>
    public async Task<Result<RevealedArguments>> RevealAsync(Caller approver, string approvalId, string shownRevision, DecisionChannel channel, CancellationToken cancellation)
    {
        if (!(await access.DecidableAsync(approver, approvalId, cancellation)).TryGet(out var approval, out var refusal))
        {
            return refusal;
        }

        if (approval.Revision.Digest != shownRevision)
        {
            return ApprovalRefusals.Moved();
        }

        var shown = ApprovalCase.Of(approval.Revision);
        return await WriteAsync(approver, approval, NoteKind.Reveal, "", channel, cancellation) is ApprovalWrite.Written
            ? new RevealedArguments(shown.RevealedArguments, shown.RevealedRequest)
            : ApprovalRefusals.UnknownApproval();
    }

    /// <summary>The requester takes back what was not carried out yet.</summary>
    public async Task<Result<ApprovalView>> WithdrawAsync(Caller requester, string approvalId, string reason, CancellationToken cancellation)
    {
        if (requester.Kind is not SessionKind.Agent
            || await store.FindAsync(requester.Tenant, approvalId, cancellation) is not { } approval
            || !ApprovalAccess.IsRequester(requester, approval))
        {
            return ApprovalRefusals.UnknownApproval();
        }

        var said = VoteEntry.Clean(reason);
        var why = said.Length == 0 ? "Its requester took it back." : $"Its requester took it back: {said}";
        var entry = new LedgerDraft(
            LedgerKind.ApprovalClosed,
            approvalId,
            CanonicalJson.Of(new JsonObject
            {
                ["approval"] = approvalId,
                ["state"] = nameof(ApprovalState.Withdrawn),
                ["code"] = ApprovalRefusals.Withdrawn.Value,
                ["reason"] = why,
                ["principal"] = requester.Principal.Key,
                ["session"] = requester.SessionId,
            }),
            null,
            Activity.Current?.TraceId.ToHexString());
        var command = new CloseCommand(approvalId, null, ApprovalState.Withdrawn, ApprovalRefusals.Withdrawn.Value, why, time.GetUtcNow(), entry);
        var kind = await store.CloseAsync(requester.Tenant, command, cancellation);
        var now = await store.FindAsync(requester.Tenant, approvalId, cancellation) ?? approval;
        return kind is ApprovalWrite.Written || now.State is ApprovalState.Withdrawn
            ? await views.OfAsync(requester, now, cancellation)
            : VoteEntry.TooLate(now, time.GetUtcNow());
    }

    private async Task<Result<ApprovalView>> ShowAsync(Caller approver, string approvalId, CancellationToken cancellation) =>
        await access.VisibleAsync(approver, approvalId, cancellation) is { } now ? await views.OfAsync(approver, now, cancellation) : ApprovalRefusals.UnknownApproval();

    private Task<ApprovalWrite> WriteAsync(Caller approver, ApprovalRecord approval, NoteKind kind, string text, DecisionChannel channel, CancellationToken cancellation)
    {
        var note = new ApprovalNote(approver.Principal, approver.Person, approver.SessionId, kind, text, Door.NameOf(channel), time.GetUtcNow());
        var body = new JsonObject
        {
            ["approval"] = approval.Id,
            ["revision"] = approval.Revision.Number,
            ["digest"] = approval.Revision.Digest,
            ["kind"] = NameOf(kind),
            ["author"] = approver.Principal.Key,
            ["session"] = approver.SessionId,
            ["text"] = text,
            ["channel"] = note.Channel,
        };
        var entry = new LedgerDraft(LedgerKind.ApprovalNoted, approval.Id, CanonicalJson.Of(body), null, Activity.Current?.TraceId.ToHexString());
        return store.NoteAsync(approver.Tenant, new(approval.Id, note, entry), cancellation);
    }

    private static string NameOf(NoteKind kind) => kind switch
    {
        NoteKind.Comment => "comment",
        NoteKind.Claim => "claim",
        NoteKind.Release => "release",
        _ => "reveal",
    };
}

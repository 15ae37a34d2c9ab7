using System.Security.Cryptography;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Steps;

internal sealed partial class RecordedStep
{
    /// <summary>The stage <c>record</c>: nothing is sent that is not durably recorded first.</summary>
    internal sealed class Recorder(IStepJournal journal, IIdSource ids, TimeProvider time)
    {
        // Between the upstream's time-out and the moment from which an unsettled step counts as unknown.
        private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(10);

        // An access token that must be fetched first takes its own time, and nobody else may take the step for lost meanwhile.
        private static readonly TimeSpan AccessTime = IConnectionAccess.Longest;

        public async Task<Recording> RecordAsync(PermittedAction permitted, CancellationToken cancellation)
        {
            var (id, now, salt) = (ids.Next("stp"), time.GetUtcNow(), RandomNumberGenerator.GetHexString(32, lowercase: true));
            var action = permitted.Action;
            var stands = permitted.LookUp is null && action.Capability.Effects is not Effects.ReadOnly;
            var deadline = now + permitted.Timeout + SettlingTime + (action.Scope.Connection.Auth.UsesOAuth ? AccessTime : TimeSpan.Zero);
            var intent = new StepIntent(
                id,
                action.Caller.Principal,
                action.Caller.SessionId,
                permitted.Scope,
                action.Capability.Name,
                action.Capability.Manifest.Digest,
                action.Scope.Connection.Name,
                stands ? action.Digest : null,
                stands ? action.Capability.RepeatAfter : TimeSpan.Zero,
                Hold.RejectionMemory,
                action.Summary,
                now,
                deadline,
                stands && action.Capability.Verify is { } verify ? deadline + verify.After : null,
                permitted.Candidates,
                permitted.Grant is { } grant ? new(grant.ApprovalId, grant.Revision, grant.RevisionDigest) : null,
                StepEntries.Recorded(permitted, id, salt, now, stands ? null : deadline));
            var admission = await journal.AdmitAsync(action.Scope.Tenant.Id, intent, cancellation);
            return admission.Kind is AdmissionKind.Written
                ? new(new RecordedStep(permitted, id, now, salt, PermittingRule(permitted, admission.Candidate)), admission)
                : new(null, admission);
        }

        private static string? PermittingRule(PermittedAction permitted, int candidate) =>
            permitted is { Grant: null, LookUp: null, Judgement: { } judgement } ? judgement.Permitting[candidate].Rule.Id : null;
    }
}

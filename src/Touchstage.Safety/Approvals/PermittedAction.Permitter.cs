using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Approvals;

internal sealed partial class PermittedAction
{
    /// <summary>The stage <c>permit</c>: a judgement, and a grant where there is one, become a permission or stay a No.</summary>
    internal sealed class Permitter(FactLimit factLimit)
    {
        [SuppressMessage("Performance", "CA1822", Justification = "A stage comes from DI: nobody permits without having been handed the permitter.")]
        public Permission Permit(Judgement judgement, Grant? grant)
        {
            var action = judgement.Action;
            if (judgement.Verdict is Verdict.Forbidden)
            {
                return new(PermissionKind.Forbidden);
            }

            if (grant is null)
            {
                return judgement.Verdict is Verdict.Permitted
                    ? new(PermissionKind.Permitted, new PermittedAction(action, judgement, null, null, action.Request, action.MaskedRequest, [.. judgement.Permitting.Select(p => p.Uses)]))
                    : new(PermissionKind.Blocked);
            }

            // Invariant: a grant is good for its own tenant and action alone, for the request and connection that people saw, and for the reasons they saw.
            if (grant.Tenant != action.Scope.Tenant.Id || grant.ActionDigest != action.Digest)
            {
                return new(PermissionKind.Forbidden);
            }

            // Invariant: nobody's approval can override a hard limit that cannot be worked out, or a capability that no longer asks anybody.
            if (judgement.UnmeasuredHardLimit is not null || action.Capability.Approval is not { } declared)
            {
                return new(PermissionKind.Forbidden);
            }

            return grant.Terms.AreSameAs(ApprovalTerms.Of(declared))
                && RevisionDigest.Compute(action, grant.ApprovalId, grant.Revision, grant.ManifestDigest, grant.Reasons, grant.Modifier) == grant.RevisionDigest
                && judgement.Reasons.All(reason => grant.Reasons.Contains(reason, StringComparer.Ordinal))
                ? new(PermissionKind.Permitted, new PermittedAction(action, judgement, grant, null, action.Request, action.MaskedRequest, [judgement.Counted]))
                : new(PermissionKind.RulesChanged);
        }

        /// <summary>A fact that the proposed action's own capability declares is permitted, within the principal's limit of look-ups.</summary>
        public Result<PermittedAction> PermitFact(ProposedAction action, string factName)
        {
            if (!action.Capability.Facts.TryGetValue(factName, out var fact))
            {
                throw new ArgumentException("The capability does not declare this fact.", nameof(factName));
            }

            var lookUp = new LookUp($"fact:{action.Capability.Name}.{fact.Name}", fact.Output, fact.Timeout, fact.MaxBytes, OfStep: null);
            return PermitLookUp(action, lookUp, fact.Request, action.Arguments, action.MaskedArguments, [factLimit.UseOf(action.Caller.Principal)]);
        }

        /// <summary>
        /// The look-up that the proposed action's own capability declares for a step of unknown outcome is permitted. How often it is made is bounded by the journal's schedule.
        /// </summary>
        [SuppressMessage("Performance", "CA1822", Justification = "A stage comes from DI: nobody permits without having been handed the permitter.")]
        public Result<PermittedAction> PermitVerify(ProposedAction action, string stepId)
        {
            var verify = action.Capability.Verify ?? throw new ArgumentException("The capability does not declare how to verify.", nameof(action));
            var lookUp = new LookUp($"verify:{action.Capability.Name}", verify.Output, verify.Timeout, verify.MaxBytes, stepId);
            return PermitLookUp(action, lookUp, verify.Request, WithStep(action.Arguments, stepId), WithStep(action.MaskedArguments, stepId), []);
        }

        private static Result<PermittedAction> PermitLookUp(
            ProposedAction action, LookUp lookUp, RequestTemplate template, CanonicalJson arguments, CanonicalJson maskedArguments, ImmutableArray<LimitUse> uses) =>
            template.Render(action.Scope.Connection.BaseUrl, arguments).TryGet(out var request, out var refusal) &&
                template.Render(action.Scope.Connection.BaseUrl, maskedArguments).TryGet(out var masked, out refusal)
                ? new PermittedAction(action, null, null, lookUp, request, masked, [uses])
                : refusal;

        private static CanonicalJson WithStep(CanonicalJson arguments, string stepId)
        {
            var all = arguments.ToNode()!.AsObject();
            all[ArgumentName.Step] = stepId;
            return CanonicalJson.Of(all);
        }
    }
}

using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Policies;

internal sealed partial class Judgement
{
    /// <summary>The stage <c>judge</c>: weighs the guardrails, and looks up only those facts that can still change the verdict.</summary>
    internal sealed class Judge(TimeProvider time)
    {
        /// <summary>Judges it as its requester.</summary>
        public Task<Judgement> JudgeAsync(ProposedAction action, IFactSource facts, CancellationToken cancellation) => JudgeAsync(action, null, facts, cancellation);

        /// <summary>Judges it as its requester and, where a person changed it, as that person too: the stricter wins.</summary>
        public async Task<Judgement> JudgeAsync(ProposedAction action, Caller? modifier, IFactSource facts, CancellationToken cancellation)
        {
            var asRequester = Input(action, action.Caller);
            var asModifier = modifier is null ? null : asRequester with { Subject = modifier.Principal.Subject, Roles = modifier.Roles, Client = modifier.Client };
            var (weighing, second) = Weigh(action, asRequester, asModifier);
            while (weighing.Needs.Union(second?.Needs ?? []) is { IsEmpty: false } needs)
            {
                var answers = asRequester.Facts;
                foreach (var name in needs)
                {
                    answers = answers.Add(name, await facts.AskAsync(action, action.Capability.Facts[name], cancellation));
                }

                (asRequester, asModifier) = (asRequester with { Facts = answers }, asModifier is null ? null : asModifier with { Facts = answers });
                (weighing, second) = Weigh(action, asRequester, asModifier);
            }

            var verdict = PolicyVerdict.Of(weighing, asRequester, action.Caller.Principal.Key, action.Scope.Limits);
            var findings = weighing.Findings;
            if (second is not null && asModifier is not null)
            {
                verdict = verdict.Stricter(PolicyVerdict.Of(second, asModifier, action.Caller.Principal.Key, action.Scope.Limits));
                findings = [.. findings, .. second.Findings.Where((finding, at) => finding.Outcome != weighing.Findings[at].Outcome).Select(finding => finding with { IsOfModifier = true })];
            }

            return new(
                action,
                new(verdict.Verdict, findings, []),
                asRequester.Facts,
                verdict.Permitting,
                verdict.Counted,
                verdict.UnmeasuredHardLimit,
                verdict.Reasons,
                asRequester.Now);
        }

        private static (Weighing AsRequester, Weighing? AsModifier) Weigh(ProposedAction action, PolicyInput asRequester, PolicyInput? asModifier) =>
            (Guardrails.Weigh(action.Scope.Rules, asRequester), asModifier is null ? null : Guardrails.Weigh(action.Scope.Rules, asModifier));

        private PolicyInput Input(ProposedAction action, Caller caller) => new(
            action.Capability,
            action.Arguments,
            caller.Principal.Subject,
            caller.Roles,
            caller.Client,
            action.Scope.Tenant.Id.Value,
            action.Scope.Settings,
            time.GetUtcNow(),
            ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal));
    }
}

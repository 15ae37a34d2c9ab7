using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies;

internal sealed partial class Judgement
{
    /// <summary>The stage <c>judge</c>: weighs the guardrails, and looks up only those facts that can still change the verdict.</summary>
    internal sealed class Judge(TimeProvider time)
    {
        public async Task<Judgement> JudgeAsync(ProposedAction action, IFactSource facts, CancellationToken cancellation)
        {
            var input = Input(action);
            var weighing = Guardrails.Weigh(action.Scope.Rules, input);
            while (!weighing.Needs.IsEmpty)
            {
                var answers = input.Facts;
                foreach (var name in weighing.Needs)
                {
                    answers = answers.Add(name, await facts.AskAsync(action, action.Capability.Facts[name], cancellation));
                }

                input = input with { Facts = answers };
                weighing = Guardrails.Weigh(action.Scope.Rules, input);
            }

            var verdict = PolicyVerdict.Of(weighing, input, action.Caller.Principal.Key);
            return new(
                action, weighing with { Verdict = verdict.Verdict }, input.Facts, verdict.Permitting, verdict.Counted, verdict.UnmeasuredHardLimit, verdict.Reasons, input.Now);
        }

        private PolicyInput Input(ProposedAction action) => new(
            action.Capability,
            action.Arguments,
            action.Caller.Principal.Subject,
            action.Caller.Roles,
            action.Caller.Client,
            action.Scope.Tenant.Id.Value,
            action.Scope.Settings,
            time.GetUtcNow(),
            ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal));
    }
}

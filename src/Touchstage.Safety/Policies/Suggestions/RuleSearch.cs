using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Looks for a rule in the evidence, and says why there is none that may be suggested.</summary>
internal sealed class RuleSearch(Capability capability, LessonEvidence evidence, SuggestionRequest request, bool isForbid)
{
    /// <summary>The rule; or why there is none; or neither where people decided nothing that a rule could follow.</summary>
    public (LearntRule? Rule, string? Reason) Find()
    {
        var said = isForbid ? evidence.Rejected : evidence.Approved;
        if (said.IsEmpty)
        {
            return (null, null);
        }

        // What the rules decide so already teaches nothing new.
        ImmutableArray<Lesson> wanted = [.. said.Where(lesson => evidence.Judge(capability, lesson)?.Decision is { } decision && IsOpen(decision))];
        if (wanted.Length < request.Least)
        {
            return (null, $"{wanted.Length} call(s) of {said.Length} that people {Word} are still held by the rules and can be replayed; {request.Least} are needed");
        }

        var others = isForbid ? evidence.Approved.AddRange(evidence.Permitted) : evidence.Unwanted;
        if (new RuleLearner(capability, isForbid).Learn(wanted, others, request.Least) is not { } rule)
        {
            return (null, $"no condition over arguments, facts and roles covers {request.Least} calls that people {Word} and none of the {others.Length} that must stay out");
        }

        return TooWide(rule) is { } reason ? (null, reason)
            : People.Count(rule.Covered.SelectMany(lesson => lesson.Deciders).Select(decider => decider.People)) is var people && people < request.LeastPeople
            ? (null, $"{people} person(s) decided the {rule.Covered.Length} calls; {request.LeastPeople} different people are needed")
            : (rule, null);
    }

    private string Word => isForbid ? "rejected" : "approved";

    private bool IsOpen(CallDecision decision) => isForbid ? decision is not CallDecision.Forbidden : decision is CallDecision.Blocked;

    private string? TooWide(LearntRule rule)
    {
        var hasValue = rule.Atoms.Any(atom => atom.Kind is AtomKind.Argument);
        if (isForbid)
        {
            return hasValue ? null : "the rejected calls have no bounded argument in common, so the rule would forbid nearly everything";
        }

        if (rule.Atoms.All(atom => atom.Kind is AtomKind.Tenant or AtomKind.Presence))
        {
            return "the approved calls have nothing in common that a rule could say";
        }

        if (capability.Effects is not Effects.Destructive)
        {
            return null;
        }

        // Invariant: nothing destructive is let through by a rule that bounds no argument, nor by arguments alone where a fact or a role could say more.
        var couldSayMore = !capability.Facts.IsEmpty || rule.Covered.Any(lesson => !lesson.Call.Judged!.Roles.IsEmpty);
        return !hasValue ? "the capability is destructive, and the approved calls have no bounded argument in common"
            : couldSayMore && !rule.Atoms.Any(atom => atom.Kind is AtomKind.Fact or AtomKind.Role)
            ? "the capability is destructive, and the approved calls have no fact and no role in common; a review rule that reads a fact makes it recorded"
            : null;
    }
}

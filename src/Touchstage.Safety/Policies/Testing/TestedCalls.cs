using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>Makes the calls of one test after one another: the same schema, guardrails and limits as of real ones, with the test's facts, settings and callers.</summary>
internal sealed class TestedCalls(Capability capability, PolicyTest test)
{
    private readonly MemoryWindows windows = new();

    /// <summary>Makes a call once.</summary>
    public CallOutcome Make(PolicyTestCall call)
    {
        if (!TestedInput.Read(capability, test, call).TryGet(out var tested, out var refusal))
        {
            return new($"invalid arguments: {refusal.Reason}", [], [], null);
        }

        // As at a real call, only what the verdict still hangs on is looked up; the rest is for the rules' own sake.
        var (input, weighing) = tested.Judge();
        var known = tested.WithAllGiven(input);
        var findings = Guardrails.Weigh(capability.Rules, known).Findings;
        var verdict = PolicyVerdict.Of(weighing, input, tested.PrincipalKey, []);
        var (word, reasons) = verdict.Verdict switch
        {
            Verdict.Permitted => Reserve(call, verdict),
            Verdict.Blocked => Held(call, verdict, verdict.Reasons),
            _ => ("forbid", verdict.Reasons),
        };
        return new(word, reasons, findings, known);
    }

    private (string Word, ImmutableArray<string> Reasons) Reserve(PolicyTestCall call, PolicyVerdict verdict)
    {
        var (candidate, spent) = windows.Choose([.. verdict.Permitting.Select(rule => rule.Uses)], call.At);
        if (spent is null)
        {
            Note(call, verdict.Permitting[candidate].Uses);
            return ("allow", [verdict.Permitting[candidate].Rule.Id]);
        }

        return spent.RefusesInsteadOfBlocking ? ("refuse", [Spent(spent)]) : Held(call, verdict, [Spent(spent)]);
    }

    private (string Word, ImmutableArray<string> Reasons) Held(PolicyTestCall call, PolicyVerdict verdict, ImmutableArray<string> reasons)
    {
        if (capability.Approval is null)
        {
            return ("refuse", reasons);
        }

        if (!call.IsApproved)
        {
            return ("review", reasons);
        }

        if (verdict.UnmeasuredHardLimit is { } unmeasured)
        {
            return ("forbid", [$"{PolicyRefusals.LimitFailed}:{unmeasured}"]);
        }

        // An approved call counts in every limit, and only hard ones can stand in its way.
        if (windows.Choose([[.. verdict.Counted.Where(use => use.IsHard)]], call.At).Spent is { } spent)
        {
            return (spent.CountsOpen ? "review" : "refuse", [Spent(spent)]);
        }

        Note(call, verdict.Counted);
        return ("review", reasons);
    }

    private void Note(PolicyTestCall call, ImmutableArray<LimitUse> uses) => windows.Note(uses, call.At, call.OpenFor is { } time ? call.At + time : DateTimeOffset.MaxValue);

    private static string Spent(LimitUse use) => $"{PolicyRefusals.LimitSpent.Value}:{use.Label}";
}

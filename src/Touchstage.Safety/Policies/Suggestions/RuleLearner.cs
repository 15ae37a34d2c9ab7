using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>
/// Finds the narrowest conjunction that covers many calls and none of others: everything that the covered calls have in common. Where that covers a call that it must not, the cut that
/// keeps the most calls out of its reach is made, and so on. The same calls in the same order always come to the same.
/// </summary>
internal sealed class RuleLearner(Capability capability, bool isForbid)
{
    private readonly ImmutableArray<ScalarPath> paths = ScalarPath.Of(capability);

    /// <summary>The condition, or null if there is none that covers so many of the calls and none of the others.</summary>
    /// <param name="wanted">The calls to cover; all fit the capability's schema.</param>
    /// <param name="others">The calls that must stay out.</param>
    /// <param name="least">How many must be covered at least.</param>
    public LearntRule? Learn(ImmutableArray<Lesson> wanted, ImmutableArray<Lesson> others, int least)
    {
        var covered = wanted;
        while (covered.Length >= Math.Max(1, least))
        {
            if (Rule(covered) is not { } rule)
            {
                return null;
            }

            if (others.FirstOrDefault(other => MayCover(rule.Compiled, other)) is not { } offender)
            {
                return new(rule.Text, rule.Atoms, covered, new Atoms(paths, isForbid).Unrestricted(covered));
            }

            covered = Cuts(covered, offender)
                .Where(cut => cut.Length >= least && Rule(cut) is { } narrower && !MayCover(narrower.Compiled, offender))
                .OrderByDescending(cut => cut.Length)
                .FirstOrDefault([]);
        }

        return null;
    }

    /// <summary>Whether a condition covers a call, or could: what cannot be worked out without a fact that nobody asked for may be covered.</summary>
    public bool MayCover(Condition condition, Lesson lesson) => !condition.Evaluate(Input(lesson)).IsFalse;

    /// <summary>The condition, compiled; null if it does not check.</summary>
    public Condition? Compile(string text) => Condition.Compile(text, capability.Types.Environment, CelType.Bool).Condition;

    private (string Text, ImmutableArray<Atom> Atoms, Condition Compiled)? Rule(ImmutableArray<Lesson> covered)
    {
        var atoms = new Atoms(paths, isForbid).Of(covered);
        var text = string.Join(" && ", atoms.Select(atom => atom.Text));
        return Compile(text) is { } compiled && covered.All(lesson => compiled.Evaluate(Input(lesson)).IsTrue) ? (text, atoms, compiled) : null;
    }

    // Each leaves the calls that differ from the offender in one thing.
    private IEnumerable<ImmutableArray<Lesson>> Cuts(ImmutableArray<Lesson> covered, Lesson offender)
    {
        foreach (var path in paths.Where(path => !path.HoldsSensitive))
        {
            var value = path.ValueIn(offender.Call);
            var isThere = value.ValueKind is not JsonValueKind.Undefined;
            if (path.IsOptional)
            {
                yield return [.. covered.Where(lesson => path.ValueIn(lesson.Call).ValueKind is JsonValueKind.Undefined == isThere)];
            }

            if (isThere && path.IsNumber && path.Fact is null)
            {
                yield return [.. covered.Where(lesson => path.ValueIn(lesson.Call) is { ValueKind: JsonValueKind.Number } own && Beyond(own.GetDouble(), value.GetDouble()))];
            }

            if (isThere && path.IsWord)
            {
                yield return [.. covered.Where(lesson => path.ValueIn(lesson.Call) is { ValueKind: not JsonValueKind.Undefined } own && own.GetRawText() != value.GetRawText())];
            }
        }

        foreach (var role in covered.SelectMany(lesson => lesson.Call.Judged!.Roles).Except(offender.Call.Judged!.Roles, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return [.. covered.Where(lesson => lesson.Call.Judged!.Roles.Contains(role, StringComparer.Ordinal))];
        }

        yield return [.. covered.Where(lesson => lesson.Call.Tenant != offender.Call.Tenant)];
    }

    private bool Beyond(double own, double offending) => isForbid ? own > offending : own < offending;

    private PolicyInput Input(Lesson lesson)
    {
        var (call, judged) = (lesson.Call, lesson.Call.Judged!);
        return new(capability, call.Arguments!, judged.Subject, judged.Roles, judged.Client, call.Tenant.Value, judged.Settings, judged.At, judged.Facts);
    }
}

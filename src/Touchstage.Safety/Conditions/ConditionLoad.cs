using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Conditions;

/// <summary>What became of a condition's text: a condition, or everything that is wrong with it.</summary>
internal sealed class ConditionLoad
{
    private ConditionLoad(Condition? condition, ImmutableArray<ConditionProblem> problems)
    {
        Condition = condition;
        Problems = problems;
    }

    /// <summary>The condition, or null if there is a problem.</summary>
    public Condition? Condition { get; }

    /// <summary>What is wrong, in the order of the text; empty if nothing is.</summary>
    public ImmutableArray<ConditionProblem> Problems { get; }

    [MemberNotNullWhen(true, nameof(Condition))]
    public bool IsLoaded => Condition is not null;

    internal static ConditionLoad Loaded(Condition condition) => new(condition, []);

    internal static ConditionLoad Broken(params ImmutableArray<ConditionProblem> problems) =>
        new(null, problems.Sort((a, b) => a.Position.CompareTo(b.Position)));
}

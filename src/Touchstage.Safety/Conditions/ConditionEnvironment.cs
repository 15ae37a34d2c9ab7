using System.Collections.Frozen;

namespace Touchstage.Safety.Conditions;

/// <summary>The variables that a condition may name, each with its type.</summary>
internal sealed class ConditionEnvironment(IReadOnlyDictionary<string, CelType> variables)
{
    /// <summary>The types by the variables' names.</summary>
    public FrozenDictionary<string, CelType> Variables { get; } = variables.ToFrozenDictionary(StringComparer.Ordinal);
}

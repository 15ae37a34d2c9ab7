using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Capabilities;

/// <summary>What a limit adds up: a number worked out from the arguments alone.</summary>
internal static class LimitSummand
{
    /// <summary>What a summand can read.</summary>
    // Only the arguments: what an approved step counts must not hang on a fact or a setting of another moment.
    public static ConditionEnvironment Environment(PolicyTypes types) =>
        new(new Dictionary<string, CelType>(StringComparer.Ordinal) { ["args"] = types.Arguments });
}

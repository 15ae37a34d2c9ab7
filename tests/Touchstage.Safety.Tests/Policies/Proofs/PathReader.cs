using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Policies.Proofs;

/// <summary>Reads a path, or whether it is there, as the engine itself does.</summary>
internal sealed class PathReader(string path)
{
    private readonly Condition condition = Condition.Compile(
        path.StartsWith("has(", StringComparison.Ordinal) ? Guard(path[4..^1], read: path, own: 1) : Guard(path, path, own: 0), RandomRoom.Capability.Types.Environment, CelType.Dyn) is var load && load.Condition is { } loaded
            ? loaded
            : throw new InvalidOperationException($"{path}: {string.Join("; ", load.Problems.Select(p => p.Sentence))}");

    public CelValue Of(IConditionInput input) => condition.Evaluate(input).Value;

    // The guard is for the checker; where it is false, what is read fails as the path itself would.
    private static string Guard(string path, string read, int own)
    {
        var parts = path.Split('.');
        var guards = Enumerable.Range(2, Math.Max(0, parts.Length - 1 - own)).Select(n => $"has({string.Join('.', parts.Take(n))})").ToArray();
        return guards.Length == 0 ? read : $"{string.Join(" && ", guards)} ? dyn({read}) : dyn(1 / 0)";
    }
}

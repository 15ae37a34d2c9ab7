using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>One evaluation while it goes on: its variables, what it read, and the steps it has left.</summary>
internal sealed class EvaluationRun(IConditionInput input, long steps, int slots = 0)
{
    public static readonly CelValue Exhausted = CelValue.Failed("The condition costs more steps than one evaluation may take.");

    private readonly Dictionary<string, CelValue> variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> readPaths = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ReadValue>.Builder reads = ImmutableArray.CreateBuilder<ReadValue>();
    private readonly CelValue[] locals = new CelValue[slots];
    private long left = steps;

    /// <summary>Follows every node that runs, where somebody wants to see them.</summary>
    public TraceRecorder? Trace { get; init; }

    public bool IsExhausted => left < 0;

    public ImmutableArray<ReadValue> Reads => reads.ToImmutable();

    /// <summary>Pays for work before it is done; false once nothing is left, and from then on.</summary>
    public bool Spend(long cost)
    {
        // Invariant: what is left only falls, so an evaluation that ran out stays failed whatever its last operators make of it.
        left = left < 0 ? left : left - Math.Max(0, cost);
        return left >= 0;
    }

    /// <summary>The value of a name that a macro gave.</summary>
    public CelValue Local(int slot) => locals[slot];

    public void SetLocal(int slot, CelValue value) => locals[slot] = value;

    public CelValue Resolve(string variable)
    {
        if (!variables.TryGetValue(variable, out var value))
        {
            // A careless input may hand over null; a missing value is an error, never a default.
            value = input.Resolve(variable) ?? CelValue.Failed($"{variable} is missing.");
            variables.Add(variable, value);
        }

        return value;
    }

    public void Record(string path, CelValue value)
    {
        if (readPaths.Add(path))
        {
            reads.Add(new(path, value.ToString()));
        }
    }
}

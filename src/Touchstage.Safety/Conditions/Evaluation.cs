using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>The outcome of evaluating a condition once.</summary>
internal sealed class Evaluation
{
    private readonly CelValue outcome;

    internal Evaluation(CelValue outcome, ImmutableArray<ReadValue> reads)
    {
        this.outcome = outcome;
        Reads = reads;
    }

    /// <summary>What the evaluation came to.</summary>
    public EvaluationKind Kind => outcome.Kind switch
    {
        CelKind.Failed => EvaluationKind.Failed,
        CelKind.Unknown => EvaluationKind.Unknown,
        _ => EvaluationKind.Value,
    };

    /// <summary>The value; itself failed or unknown if <see cref="Kind"/> is not <see cref="EvaluationKind.Value"/>.</summary>
    public CelValue Value => outcome;

    /// <summary>Why it failed, without any value that was read; null unless it failed.</summary>
    public string? Error => outcome.Kind == CelKind.Failed ? outcome.Message : null;

    /// <summary>The names that must be fetched before the outcome is known; empty unless it is unknown.</summary>
    public ImmutableSortedSet<string> Unknowns => outcome.Kind == CelKind.Unknown ? outcome.Names : [];

    /// <summary>The attributes that were read, in that order, each once.</summary>
    public ImmutableArray<ReadValue> Reads { get; }

    /// <summary>The evaluation surely came to true. Not the opposite of <see cref="IsFalse"/>.</summary>
    public bool IsTrue => outcome.Kind == CelKind.Bool && outcome.AsBool;

    /// <summary>The evaluation surely came to false; a failure is never false.</summary>
    public bool IsFalse => outcome.Kind == CelKind.Bool && !outcome.AsBool;
}

using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Refusals;

/// <summary>Either a value or a refusal. <c>default</c> is a refusal, so an answer that was never given is a No.</summary>
/// <typeparam name="T">What a "yes" carries.</typeparam>
[SuppressMessage("Design", "CA1815", Justification = "Results are taken apart, not compared.")]
public readonly struct Result<T> where T : class
{
    private readonly T? value;
    private readonly Refusal? refusal;

    private Result(T? value, Refusal? refusal)
    {
        this.value = value;
        this.refusal = refusal;
    }

    /// <summary>The refusal, or null if there is a value.</summary>
    public Refusal? Refusal => value is null ? refusal ?? Refusal.Unset : null;

    /// <summary>Takes the result apart: exactly one of the two is set.</summary>
    /// <param name="value">The value of a "yes".</param>
    /// <param name="refusal">The refusal of a "no".</param>
    /// <returns>True for a "yes".</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = this.value;
        refusal = Refusal;
        return value is not null;
    }

    /// <summary>A "yes".</summary>
    /// <param name="value">What it carries.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A "no".</summary>
    /// <param name="refusal">Why.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversions are the constructors.")]
    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);
}

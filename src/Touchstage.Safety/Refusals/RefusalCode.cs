namespace Touchstage.Safety.Refusals;

/// <summary>
/// The permanent, machine-readable name of one kind of refusal, such as <c>invalid_arguments</c>. Each room of the library defines
/// its own codes as static fields; <c>docs/codes.md</c> is generated from them. A code is never renamed and never reused.
/// </summary>
public sealed class RefusalCode
{
    private RefusalCode(string value, string meaning)
    {
        Value = value;
        Meaning = meaning;
    }

    /// <summary>The code in snake case.</summary>
    public string Value { get; }

    /// <summary>One sentence for <c>docs/codes.md</c>: when this code is given.</summary>
    public string Meaning { get; }

    internal static RefusalCode Define(string value, string meaning) => new(value, meaning);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>What is known of a group, or of the whole, while it is translated.</summary>
/// <param name="kind">What opened it.</param>
/// <param name="start">Where its translation starts.</param>
/// <param name="captures">How many groups captured before it.</param>
/// <param name="isBackward">Whether it is matched from its end to its start, as what looks behind is.</param>
internal sealed class EcmaFrame(EcmaTokenKind kind, int start, int captures, bool isBackward)
{
    private bool hasEmptyChoice;
    private bool isEmpty = true;

    public EcmaTokenKind Kind { get; } = kind;

    public int Start { get; } = start;

    public int Captures { get; } = captures;

    public bool IsBackward { get; } = isBackward;

    /// <summary>How many parts it has, with every round of a repetition counted.</summary>
    public long Size { get; private set; }

    /// <summary>Whether it may match without taking a character.</summary>
    public bool MayBeEmpty => hasEmptyChoice || isEmpty;

    public void Add(long size, bool mayBeEmpty)
    {
        Size += size;
        isEmpty &= mayBeEmpty;
    }

    public void NextChoice()
    {
        hasEmptyChoice = MayBeEmpty;
        isEmpty = true;
        Size++;
    }
}

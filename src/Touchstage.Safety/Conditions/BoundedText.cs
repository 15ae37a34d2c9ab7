using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>A text under construction. Once it would pass the limit it takes nothing more, and comes to a failure.</summary>
internal sealed class BoundedText
{
    private readonly StringBuilder text = new();

    /// <summary>What was appended passed the limit: whoever still appends can stop.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The text as a value, or the failure that it is too long.</summary>
    public CelValue Value => IsFull ? BoundedResult.Failure : CelValue.Of(text.ToString());

    public void Append(ReadOnlySpan<char> part)
    {
        IsFull |= part.Length > ConditionLimits.ResultSize - text.Length;
        text.Append(IsFull ? [] : part);
    }

    public void Append(char part) => Append([part]);
}

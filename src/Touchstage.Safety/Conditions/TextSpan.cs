using System.Runtime.InteropServices;

namespace Touchstage.Safety.Conditions;

/// <summary>A stretch of a condition's text, in UTF-16 units counted from 0.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSpan(int Position, int Length)
{
    public int End => Position + Length;

    public TextSpan To(TextSpan last) => new(Position, last.End - Position);
}

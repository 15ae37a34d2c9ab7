using System.Runtime.InteropServices;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>How many there may be, from and to.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sizes(long Least, long Most)
{
    public static readonly Sizes Any = new(0, long.MaxValue);

    public bool IsEmpty => Least > Most;

    public Sizes Intersect(Sizes other) => new(Math.Max(Least, other.Least), Math.Min(Most, other.Most));

    public Sizes Join(Sizes other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>One form of a function or operator: what it takes, what it gives, and how. Its arguments are values without flaw.</summary>
internal sealed record Overload(string Name, bool IsMember, ImmutableArray<CelType> Parameters, CelType Result, Func<CelValue[], CelValue> Apply)
{
    /// <summary>What it gives for arguments of these types, or null if they cannot fit.</summary>
    public CelType? ResultFor(ImmutableArray<CelType> given) => Signature.Result(Parameters, Result, given);

    /// <summary>Whether these very arguments fit.</summary>
    public bool Holds(CelValue[] given)
    {
        for (int i = 0; i < given.Length && given.Length == Parameters.Length; i++)
        {
            if (!Parameters[i].Holds(given[i]))
            {
                return false;
            }
        }

        return given.Length == Parameters.Length;
    }

    public override string ToString() => IsMember
        ? $"{Parameters[0]}.{Name}({string.Join(", ", Parameters.Skip(1))})"
        : $"{Name}({string.Join(", ", Parameters)})";
}

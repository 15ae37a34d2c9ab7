using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>One form of a function or operator: what it takes, what it gives, and how. Its arguments are values without flaw.</summary>
internal sealed record Overload(string Name, bool IsMember, ImmutableArray<CelType> Parameters, CelType Result, Func<CelValue[], CelValue> Apply)
{
    /// <summary>Whether arguments of these types may fit.</summary>
    public bool Accepts(ImmutableArray<CelType> given) =>
        given.Length == Parameters.Length && Parameters.Zip(given).All(p => TypeRelation.Accepts(p.First, p.Second));

    /// <summary>Whether these very arguments fit.</summary>
    public bool Holds(CelValue[] given)
    {
        for (int i = 0; i < given.Length; i++)
        {
            if (!Parameters[i].Holds(given[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => IsMember
        ? $"{Parameters[0]}.{Name}({string.Join(", ", Parameters.Skip(1))})"
        : $"{Name}({string.Join(", ", Parameters)})";
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// One form of a function or operator: what it takes, what it gives, and how. Its arguments are values without flaw. The last parameter of a variadic one is met once or
/// more.
/// </summary>
internal sealed record Overload(
    string Name, bool IsMember, ImmutableArray<CelType> Parameters, CelType Result, Func<CelValue[], CelValue> Apply, bool IsVariadic = false)
{
    /// <summary>What it gives for arguments of these types, or null if they cannot fit.</summary>
    public CelType? ResultFor(ImmutableArray<CelType> given) => ParametersFor(given.Length) is { } parameters ? Signature.Result(parameters, Result, given) : null;

    /// <summary>Whether these very arguments fit.</summary>
    public bool Holds(CelValue[] given)
    {
        if (ParametersFor(given.Length) is not { } parameters)
        {
            return false;
        }

        for (int i = 0; i < given.Length; i++)
        {
            if (!parameters[i].Holds(given[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One parameter for each of so many arguments, or null if it does not take so many.</summary>
    private ImmutableArray<CelType>? ParametersFor(int count) =>
        count == Parameters.Length ? Parameters
        : IsVariadic && count > Parameters.Length ? Parameters.AddRange(Enumerable.Repeat(Parameters[^1], count - Parameters.Length))
        : default(ImmutableArray<CelType>?);

    public override string ToString() => IsMember
        ? $"{Parameters[0]}.{Name}({string.Join(", ", Parameters.Skip(1))})"
        : $"{Name}({string.Join(", ", Parameters)}{(IsVariadic ? ", …" : "")})";
}

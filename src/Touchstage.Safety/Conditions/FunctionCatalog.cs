using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>Every function and operator of the language that is not part of its grammar. A row added here is all that a new one needs.</summary>
internal static class FunctionCatalog
{
    private static readonly FrozenDictionary<string, ImmutableArray<Overload>> Overloads =
        new[]
            {
                ArithmeticFunctions.All, ComparisonFunctions.All, ConversionFunctions.All, TimeFunctions.All, TextFunctions.All, TextIndexFunctions.All, TextEditFunctions.All,
                FormatFunction.All, MathFunctions.All, BitFunctions.All, EncoderFunctions.All, TypeFunctions.All, OptionalFunctions.All,
            }
            .SelectMany(all => all)
            .GroupBy(o => o.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The names that can be written as calls.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Overloads.Keys.Where(k => char.IsAsciiLetter(k[0])), "has", "matches", "or", "orValue", .. Parser.MacroNames];

    /// <summary>The forms of a name; empty if it has none.</summary>
    public static ImmutableArray<Overload> Find(string name) => Overloads.GetValueOrDefault(name, []);

    /// <summary>The forms of a name where it is read so strictly, those that are tried first in front.</summary>
    public static ImmutableArray<Overload> Find(string name, ConditionProfile profile) =>
        profile == ConditionProfile.Policy ? Find(name) : [.. ConversionFunctions.NonFinite.Where(o => o.Name == name), .. Find(name)];

    /// <summary>The name under which an operator stands here.</summary>
    public static string Operator(string symbol) => $"_{symbol}_";

    internal static Overload Global(string name, CelType[] parameters, CelType result, Func<CelValue[], CelValue> apply) =>
        new(name, false, [.. parameters], result, apply);

    internal static Overload Member(string name, CelType[] parameters, CelType result, Func<CelValue[], CelValue> apply) =>
        new(name, true, [.. parameters], result, apply);

    /// <summary>One that takes one argument or more, all of the same type.</summary>
    internal static Overload Variadic(string name, CelType parameter, CelType result, Func<CelValue[], CelValue> apply) =>
        new(name, false, [parameter], result, apply, IsVariadic: true);
}

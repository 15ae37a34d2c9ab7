using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>Types by the names that the language itself prints, with their parameters: <c>map(string, int)</c>.</summary>
internal static class TypeName
{
    private const int MostDepth = 32;

    private static readonly FrozenDictionary<string, CelType> Plain = new Dictionary<string, CelType>(StringComparer.Ordinal)
    {
        ["dyn"] = CelType.Dyn,
        ["null_type"] = CelType.Null,
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["type"] = CelType.Type,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["list"] = CelType.List(CelType.Dyn),
        ["map"] = CelType.Map(CelType.Dyn, CelType.Dyn),
        ["optional_type"] = CelType.Optional(CelType.Dyn),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The type of that name, or null if it is malformed. One capital letter is a type that a function leaves open.</summary>
    public static CelType? Parse(string text)
    {
        int position = 0;
        var type = Parse(text, ref position, 0);
        return position == text.Length ? type : null;
    }

    public static string Of(CelType type) => type switch
    {
        CelType.Text => "string",
        CelType.ListOf list => $"list({Of(list.Element)})",
        CelType.MapOf map => $"map({Of(map.Key)}, {Of(map.Value)})",
        CelType.OptionalOf optional => $"optional_type({Of(optional.Content)})",
        CelType.NamedType { Arguments.IsEmpty: false } named => $"{named.Name}({string.Join(", ", named.Arguments.Select(Of))})",
        CelType.NamedType named => named.Name,
        CelType.Scalar scalar => Plain.First(p => p.Value == scalar).Key,
        CelType.ObjectOf => "map(string, dyn)",
        _ => "dyn",
    };

    private static CelType? Parse(string text, ref int position, int depth)
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '.' or '_'))
        {
            position++;
        }

        string name = text[start..position];
        if (name.Length == 0 || depth > MostDepth)
        {
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<CelType>();
        if (position < text.Length && text[position] == '(')
        {
            do
            {
                position++;
                position += position < text.Length && text[position] == ' ' ? 1 : 0;
                if (Parse(text, ref position, depth + 1) is not { } argument)
                {
                    return null;
                }

                arguments.Add(argument);
            }
            while (position < text.Length && text[position] == ',');

            if (position == text.Length || text[position++] != ')')
            {
                return null;
            }
        }

        return Named(name, arguments.ToImmutable());
    }

    private static CelType? Named(string name, ImmutableArray<CelType> arguments) => (name, arguments) switch
    {
        ("list", [var element]) => CelType.List(element),
        ("map", [var key, var value]) => CelType.Map(key, value),
        ("optional_type", [var content]) => CelType.Optional(content),
        ([>= 'A' and <= 'Z'], []) => CelType.Param(name),
        (_, []) when Plain.TryGetValue(name, out var plain) => plain,
        _ when Plain.ContainsKey(name) => null,
        _ => CelType.Named(name, arguments),
    };
}

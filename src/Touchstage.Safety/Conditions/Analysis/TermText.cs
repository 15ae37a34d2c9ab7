using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>
/// The text by which a term is known: the same for terms that surely come to the same, whatever their spaces, brackets and the sides of a comparison. A path that is
/// renamed is another one of the same name: the setting of an older version, for one.
/// </summary>
internal sealed class TermText(string source, ImmutableArray<string> renamed)
{
    private const string Renamed = "old ";
    private static long unnamed;
    private readonly Dictionary<TypedExpression, string> known = new(ReferenceEqualityComparer.Instance);

    public static string PathOf(string variable, IEnumerable<string> members) => members.Aggregate(variable, Join);

    public static string Join(string path, string member) => IsWord(member) ? $"{path}.{member}" : $"{path}.`{member}`";

    public static string Has(string path) => $"has({path})";

    public static string Equal(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? $"{a} == {b}" : $"{b} == {a}";

    public static string Less(string a, string b, bool orEqual) => $"{a} {(orEqual ? "<=" : "<")} {b}";

    /// <summary>A literal, as it is written.</summary>
    public static string Literal(CelValue value) => value.Kind switch
    {
        CelKind.String => $"'{value.AsString.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'",
        CelKind.Double when double.IsFinite(value.AsDouble) && value.AsDouble.ToString("R", CultureInfo.InvariantCulture) is var text =>
            text.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{text}.0" : text,
        CelKind.Uint => $"{value}u",
        CelKind.Int or CelKind.Bool or CelKind.Null => value.ToString(),
        _ => $"{value.Kind} {value}",
    };

    public string Of(TypedExpression term)
    {
        if (!known.TryGetValue(term, out var text))
        {
            known.Add(term, text = Write(term));
        }

        return text;
    }

    /// <summary>The path by which an attribute is known.</summary>
    public string Path(string variable, IEnumerable<string> members)
    {
        var path = PathOf(variable, members);
        return renamed.Any(r => path == r || path.StartsWith($"{r}.", StringComparison.Ordinal)) ? Renamed + path : path;
    }

    public static string Rename(string path) => Renamed + path;

    private string Write(TypedExpression term) => term switch
    {
        TypedExpression.Constant constant => Literal(constant.Value),
        TypedExpression.Attribute attribute => Path(attribute.Variable, attribute.Members),
        TypedExpression.Presence { Operand: TypedExpression.Attribute owner } presence => Has(Path(owner.Variable, owner.Members.Add(presence.Member))),
        TypedExpression.Presence presence => Has(Join(Inner(presence.Operand), presence.Member)),
        TypedExpression.Select select => Join(Inner(select.Operand), select.Member),
        TypedExpression.Index index => $"{Inner(index.Operand)}[{Of(index.Key)}]",
        TypedExpression.Apply apply => Write(apply),
        TypedExpression.Equality equality => equality.IsNegated ? $"!({Equal(Inner(equality.Left), Inner(equality.Right))})" : Equal(Inner(equality.Left), Inner(equality.Right)),
        TypedExpression.Membership membership => $"{Inner(membership.Item)} in {Inner(membership.Container)}",
        TypedExpression.Match match => $"{Inner(match.Text)}.matches('{match.Pattern}')",
        TypedExpression.Not not => $"!{Inner(not.Operand)}",
        TypedExpression.Logical logical => string.Join(logical.IsAnd ? " && " : " || ", logical.Operands.Select(Inner)),
        TypedExpression.Conditional choice => $"{Inner(choice.Test)} ? {Inner(choice.Then)} : {Inner(choice.Otherwise)}",
        TypedExpression.ListOf list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        TypedExpression.MapOf map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Of(e.Key)}: {Of(e.Value)}"))}}}",
        _ => Source(term),
    };

    private string Write(TypedExpression.Apply apply)
    {
        var name = apply.Overloads[0].Name;
        var arguments = apply.Arguments;
        return Comparison.Of(apply) is { } comparison ? Less(Inner(comparison.Less), Inner(comparison.More), comparison.OrEqual)
            : name == "-_" ? $"-{Inner(arguments[0])}"
            : name.StartsWith('_') && arguments.Length == 2 ? $"{Inner(arguments[0])} {name.Trim('_')} {Inner(arguments[1])}"
            : apply.Overloads[0].IsMember ? $"{Inner(arguments[0])}.{name}({string.Join(", ", arguments.Skip(1).Select(Of))})"
            : $"{name}({string.Join(", ", arguments.Select(Of))})";
    }

    private string Inner(TypedExpression term) => Of(term) is var text && term
        is TypedExpression.Logical or TypedExpression.Equality or TypedExpression.Membership or TypedExpression.Conditional or TypedExpression.Not
        or TypedExpression.Apply { Overloads: [{ IsMember: false, Name: ['_', ..] or ['-', ..] }, ..] } ? $"({text})" : text;

    // A node that is not known here is its own text, if it has one; one that names something renamed is another than its like elsewhere.
    private string Source(TypedExpression term)
    {
        if (term.Span.Length == 0 || term.Span.End > source.Length)
        {
            return $"a term {Interlocked.Increment(ref unnamed).ToString(CultureInfo.InvariantCulture)}";
        }

        var text = source.Substring(term.Span.Position, term.Span.Length);
        return renamed.Any(r => text.Contains(r[(r.LastIndexOf('.') + 1)..], StringComparison.Ordinal)) ? Renamed + text : text;
    }

    private static bool IsWord(string member) => member.Length > 0 && member.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(member[0]);
}

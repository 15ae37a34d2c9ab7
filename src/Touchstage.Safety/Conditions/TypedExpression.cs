using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Conditions;

/// <summary>A node of the checked tree: every name is resolved and every node has its type.</summary>
internal abstract record TypedExpression(CelType Type)
{
    /// <summary>Where the expression stands in the text.</summary>
    public TextSpan Span { get; init; }

    internal sealed record Constant(CelValue Value, CelType Type) : TypedExpression(Type);

    /// <summary>A variable and the members read from it, as one path.</summary>
    internal sealed record Attribute(string Variable, ImmutableArray<string> Members, string Path, CelType Type) : TypedExpression(Type);

    internal sealed record Select(TypedExpression Operand, string Member, CelType Type) : TypedExpression(Type);

    /// <summary>Whether <paramref name="Operand"/> has the member; the path is null where it is not an attribute's.</summary>
    internal sealed record Presence(TypedExpression Operand, string Member, string? Path) : TypedExpression(CelType.Bool);

    internal sealed record Index(TypedExpression Operand, TypedExpression Key, CelType Type) : TypedExpression(Type);

    /// <summary>A function or operator with the overloads that may fit; the first that fits the values runs.</summary>
    internal sealed record Apply(ImmutableArray<Overload> Overloads, ImmutableArray<TypedExpression> Arguments, CelType Type) : TypedExpression(Type)
    {
        /// <summary>Runs the first overload that fits the values.</summary>
        public CelValue Run(CelValue[] values)
        {
            if (CelValue.FirstFlaw(values) is { } flaw)
            {
                return flaw;
            }

            foreach (var overload in Overloads)
            {
                if (overload.Holds(values))
                {
                    return overload.Apply(values);
                }
            }

            return CelValue.Failed($"'{Overloads[0].Name.Trim('_')}' does not take these types of values.");
        }
    }

    internal sealed record Match(TypedExpression Text, Regex Pattern) : TypedExpression(CelType.Bool);

    /// <summary>A match whose pattern is not known before it runs: never in a policy.</summary>
    internal sealed record DynamicMatch(TypedExpression Text, TypedExpression Pattern) : TypedExpression(CelType.Bool);

    /// <summary>A name that a macro or <c>cel.bind</c> gave; its value stands in the run's slot.</summary>
    internal sealed record Local(int Slot, string Name, CelType Type) : TypedExpression(Type);

    /// <summary>A macro; see <see cref="ComprehensionKind"/>. One slot holds element or key, two hold index and element, or key and value.</summary>
    internal sealed record Comprehension(
        ComprehensionKind Kind, TypedExpression Range, ImmutableArray<Local> Variables, TypedExpression? Filter, TypedExpression? Result, CelType Type)
        : TypedExpression(Type);

    internal sealed record Bind(Local Variable, TypedExpression Value, TypedExpression Body, CelType Type) : TypedExpression(Type);

    /// <summary><c>operand.?member</c>; the path is null where it is not an attribute's.</summary>
    internal sealed record OptionalSelect(TypedExpression Operand, string Member, string? Path, CelType Type) : TypedExpression(Type);

    /// <summary><c>operand[?key]</c>.</summary>
    internal sealed record OptionalIndex(TypedExpression Operand, TypedExpression Key, CelType Type) : TypedExpression(Type);

    /// <summary><c>optional.or(other)</c>, or <c>optional.orValue(other)</c>: the other is looked at only if it is needed.</summary>
    internal sealed record OptionalOr(TypedExpression Operand, TypedExpression Other, bool GivesValue, CelType Type) : TypedExpression(Type);

    /// <summary><c>?item</c> in an <see cref="OptionalListOf"/> or <see cref="OptionalMapOf"/>: left out if it is none.</summary>
    internal sealed record Optionally(TypedExpression Operand, CelType Type) : TypedExpression(Type);

    /// <summary>A list some of whose items are <see cref="Optionally"/> there.</summary>
    internal sealed record OptionalListOf(ImmutableArray<TypedExpression> Items, CelType Type) : TypedExpression(Type);

    /// <summary>A map some of whose values are <see cref="Optionally"/> there.</summary>
    internal sealed record OptionalMapOf(ImmutableArray<(TypedExpression Key, TypedExpression Value)> Entries, CelType Type) : TypedExpression(Type);

    internal sealed record Equality(TypedExpression Left, TypedExpression Right, bool IsNegated) : TypedExpression(CelType.Bool);

    internal sealed record Membership(TypedExpression Item, TypedExpression Container) : TypedExpression(CelType.Bool);

    internal sealed record Not(TypedExpression Operand) : TypedExpression(CelType.Bool);

    internal sealed record Logical(bool IsAnd, ImmutableArray<TypedExpression> Operands) : TypedExpression(CelType.Bool);

    internal sealed record Conditional(TypedExpression Test, TypedExpression Then, TypedExpression Otherwise, CelType Type) : TypedExpression(Type);

    internal sealed record ListOf(ImmutableArray<TypedExpression> Items, CelType Type) : TypedExpression(Type);

    internal sealed record MapOf(ImmutableArray<(TypedExpression Key, TypedExpression Value)> Entries, CelType Type) : TypedExpression(Type);
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>A node of the syntax tree, as it was written. <see cref="Depth"/> counts the levels below and with it.</summary>
internal abstract class Expression
{
    private Expression(TextSpan span, int depth)
    {
        Span = span;
        Whole = span;
        Depth = depth;
    }

    public TextSpan Span { get; }

    /// <summary>The span with the parentheses around it, which the span of an expression that it is part of covers.</summary>
    public TextSpan Whole { get; set; }

    public int Depth { get; }

    private static int Above(params IEnumerable<Expression> children) => 1 + children.Select(c => c.Depth).DefaultIfEmpty(0).Max();

    internal sealed class Literal(TextSpan span, CelValue value) : Expression(span, 1)
    {
        public CelValue Value { get; } = value;
    }

    /// <summary>A name; with a leading dot it is looked up from the root, past containers and local names.</summary>
    internal sealed class Identifier(TextSpan span, string name, bool isRooted = false) : Expression(span, 1)
    {
        public string Name { get; } = name;

        public bool IsRooted { get; } = isRooted;
    }

    /// <summary><c>operand.field</c>, or <c>operand.?field</c>, which gives an optional.</summary>
    internal sealed class Select(TextSpan span, Expression operand, string field, TextSpan fieldSpan, bool isOptional = false)
        : Expression(span, Above(operand))
    {
        public bool IsOptional { get; } = isOptional;

        public Expression Operand { get; } = operand;

        public string Field { get; } = field;

        public TextSpan FieldSpan { get; } = fieldSpan;
    }

    /// <summary><c>has(operand.field)</c>.</summary>
    internal sealed class Has(TextSpan span, Select member) : Expression(span, Above(member))
    {
        public Select Member { get; } = member;
    }

    /// <summary><c>operand[key]</c>, or <c>operand[?key]</c>, which gives an optional.</summary>
    internal sealed class Index(TextSpan span, Expression operand, Expression key, bool isOptional = false) : Expression(span, Above(operand, key))
    {
        public bool IsOptional { get; } = isOptional;

        public Expression Operand { get; } = operand;

        public Expression Key { get; } = key;
    }

    /// <summary><c>name(args)</c>, or <c>target.name(args)</c>.</summary>
    internal sealed class Call(TextSpan span, string name, TextSpan nameSpan, Expression? target, ImmutableArray<Expression> arguments)
        : Expression(span, Above(target is null ? arguments : arguments.Insert(0, target)))
    {
        public string Name { get; } = name;

        public TextSpan NameSpan { get; } = nameSpan;

        public Expression? Target { get; } = target;

        public ImmutableArray<Expression> Arguments { get; } = arguments;
    }

    /// <summary><c>!</c> or <c>-</c>.</summary>
    internal sealed class Unary(TextSpan span, string symbol, Expression operand) : Expression(span, Above(operand))
    {
        public string Symbol { get; } = symbol;

        public Expression Operand { get; } = operand;
    }

    internal sealed class Binary(TextSpan symbolSpan, string symbol, Expression left, Expression right)
        : Expression(left.Whole.To(right.Whole), Above(left, right))
    {
        public TextSpan SymbolSpan { get; } = symbolSpan;

        public string Symbol { get; } = symbol;

        public Expression Left { get; } = left;

        public Expression Right { get; } = right;
    }

    /// <summary>A chain of <c>&amp;&amp;</c> or of <c>||</c>; one node, so a long list of terms is not a deep one.</summary>
    internal sealed class Logical(bool isAnd, ImmutableArray<Expression> operands)
        : Expression(operands[0].Whole.To(operands[^1].Whole), Above(operands))
    {
        public bool IsAnd { get; } = isAnd;

        public ImmutableArray<Expression> Operands { get; } = operands;
    }

    internal sealed class Conditional(Expression test, Expression then, Expression otherwise)
        : Expression(test.Whole.To(otherwise.Whole), Above(test, then, otherwise))
    {
        public Expression Test { get; } = test;

        public Expression Then { get; } = then;

        public Expression Otherwise { get; } = otherwise;
    }

    /// <summary>A macro that walks over a list, a map or an optional with one or two names for what it finds.</summary>
    internal sealed class Comprehension(
        TextSpan span, ComprehensionKind kind, Expression range, ImmutableArray<string> variables, Expression? filter, Expression? result)
        : Expression(span, Above(new[] { range, filter, result }.OfType<Expression>()))
    {
        public ComprehensionKind Kind { get; } = kind;

        public Expression Range { get; } = range;

        /// <summary>One name for an element or key, or two for index and element, or key and value.</summary>
        public ImmutableArray<string> Variables { get; } = variables;

        /// <summary>The test of each element; null if there is none.</summary>
        public Expression? Filter { get; } = filter;

        /// <summary>What each element becomes; null where the macro only tests.</summary>
        public Expression? Result { get; } = result;
    }

    /// <summary><c>cel.bind(name, value, body)</c>.</summary>
    internal sealed class Bind(TextSpan span, string name, Expression value, Expression body) : Expression(span, Above(value, body))
    {
        public string Name { get; } = name;

        public Expression Value { get; } = value;

        public Expression Body { get; } = body;
    }

    /// <summary><c>?item</c> in a list or a map: left out if it is none.</summary>
    internal sealed class Optionally(TextSpan span, Expression operand) : Expression(span, Above(operand))
    {
        public Expression Operand { get; } = operand;
    }

    internal sealed class ListLiteral(TextSpan span, ImmutableArray<Expression> items) : Expression(span, Above(items))
    {
        public ImmutableArray<Expression> Items { get; } = items;
    }

    /// <summary>A map; the value of an optional entry is <see cref="Optionally"/>.</summary>
    internal sealed class MapLiteral(TextSpan span, ImmutableArray<(Expression Key, Expression Value)> entries)
        : Expression(span, Above(entries.SelectMany(e => new[] { e.Key, e.Value })))
    {
        public ImmutableArray<(Expression Key, Expression Value)> Entries { get; } = entries;
    }
}

using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>A node of the syntax tree, as it was written. <see cref="Depth"/> counts the levels below and with it.</summary>
internal abstract class Expression
{
    private Expression(TextSpan span, int depth)
    {
        Span = span;
        Depth = depth;
    }

    public TextSpan Span { get; }

    public int Depth { get; }

    private static int Above(params IEnumerable<Expression> children) => 1 + children.Select(c => c.Depth).DefaultIfEmpty(0).Max();

    internal sealed class Literal(TextSpan span, CelValue value) : Expression(span, 1)
    {
        public CelValue Value { get; } = value;
    }

    internal sealed class Identifier(TextSpan span, string name) : Expression(span, 1)
    {
        public string Name { get; } = name;
    }

    internal sealed class Select(TextSpan span, Expression operand, string field, TextSpan fieldSpan) : Expression(span, Above(operand))
    {
        public Expression Operand { get; } = operand;

        public string Field { get; } = field;

        public TextSpan FieldSpan { get; } = fieldSpan;
    }

    /// <summary><c>has(operand.field)</c>.</summary>
    internal sealed class Has(TextSpan span, Select member) : Expression(span, Above(member))
    {
        public Select Member { get; } = member;
    }

    internal sealed class Index(TextSpan span, Expression operand, Expression key) : Expression(span, Above(operand, key))
    {
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
        : Expression(left.Span.To(right.Span), Above(left, right))
    {
        public TextSpan SymbolSpan { get; } = symbolSpan;

        public string Symbol { get; } = symbol;

        public Expression Left { get; } = left;

        public Expression Right { get; } = right;
    }

    /// <summary>A chain of <c>&amp;&amp;</c> or of <c>||</c>; one node, so a long list of terms is not a deep one.</summary>
    internal sealed class Logical(bool isAnd, ImmutableArray<Expression> operands)
        : Expression(operands[0].Span.To(operands[^1].Span), Above(operands))
    {
        public bool IsAnd { get; } = isAnd;

        public ImmutableArray<Expression> Operands { get; } = operands;
    }

    internal sealed class Conditional(Expression test, Expression then, Expression otherwise)
        : Expression(test.Span.To(otherwise.Span), Above(test, then, otherwise))
    {
        public Expression Test { get; } = test;

        public Expression Then { get; } = then;

        public Expression Otherwise { get; } = otherwise;
    }

    internal sealed class ListLiteral(TextSpan span, ImmutableArray<Expression> items) : Expression(span, Above(items))
    {
        public ImmutableArray<Expression> Items { get; } = items;
    }

    internal sealed class MapLiteral(TextSpan span, ImmutableArray<(Expression Key, Expression Value)> entries)
        : Expression(span, Above(entries.SelectMany(e => new[] { e.Key, e.Value })))
    {
        public ImmutableArray<(Expression Key, Expression Value)> Entries { get; } = entries;
    }
}

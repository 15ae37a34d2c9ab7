using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Conditions;

/// <content>Literals, names, calls and what follows them.</content>
internal sealed partial class Parser
{
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while", "in",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> NeverNames = new[] { "in", "true", "false", "null" }.ToFrozenSet(StringComparer.Ordinal);

    private Expression? ParseMember(TextSpan? minus)
    {
        var operand = ParsePrimary(minus);
        while (operand is not null)
        {
            if (TakeSymbol("."))
            {
                operand = ParseSelection(operand);
            }
            else if (TakeSymbol("["))
            {
                bool isOptional = TakeSymbol("?");
                operand = ParseExpression() is { } key && Expect("]")
                    ? Checked(new Expression.Index(operand.Whole.To(tokens[next - 1].Span), operand, key, isOptional))
                    : null;
            }
            else if (Current.Is("{"))
            {
                return Fail(Current.Span, "Messages are not made in conditions.");
            }
            else
            {
                return operand;
            }
        }

        return null;
    }

    private Expression? ParseSelection(Expression operand)
    {
        bool isOptional = TakeSymbol("?");
        var name = tokens[next];
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedName) || (name.Kind == TokenKind.Identifier && NeverNames.Contains(name.Text)))
        {
            return Fail(name.Span, "A member's name is due after '.'.");
        }

        next++;
        if (name.Kind == TokenKind.Identifier && !isOptional && TakeSymbol("("))
        {
            return ParseList(")") is { } arguments
                ? Checked(Called(new(operand.Whole.To(tokens[next - 1].Span), name.Text, name.Span, operand, arguments)))
                : null;
        }

        return Checked(new Expression.Select(operand.Whole.To(name.Span), operand, name.Text, name.Span, isOptional));
    }

    private Expression? ParsePrimary(TextSpan? minus)
    {
        var token = tokens[next++];
        switch (token.Kind)
        {
            case TokenKind.Literal:
                return minus is { } sign
                    ? new Expression.Literal(sign.To(token.Span), CelValue.Of(-token.Value!.AsDouble))
                    : new Expression.Literal(token.Span, token.Value!);
            case TokenKind.Integer:
                return ParseInteger(token, minus);
            case TokenKind.Unsigned:
                return ParseUnsigned(token);
            case TokenKind.Identifier:
                return ParseName(token, isRooted: false);
            case TokenKind.Symbol when token.Text == "." && Current.Kind == TokenKind.Identifier:
                return ParseName(tokens[next++], isRooted: true);
            case TokenKind.Symbol when token.Text == "(":
                return ParseExpression() is { } inner && Expect(")") ? Enclosed(inner, token) : null;
            case TokenKind.Symbol when token.Text == "[":
                return ParseList("]", allowsOptional: true) is { } items ? Checked(new Expression.ListLiteral(token.Span.To(tokens[next - 1].Span), items)) : null;
            case TokenKind.Symbol when token.Text == "{":
                return ParseMap(token);
            default:
                next--;
                return Fail(token.Span, token.Kind == TokenKind.End ? "The condition ends where a value is due." : $"A value is due here, not '{token.Text}'.");
        }
    }

    private Expression Enclosed(Expression inner, Token open)
    {
        inner.Whole = open.Span.To(tokens[next - 1].Span);
        return inner;
    }

    private Expression? ParseInteger(Token token, TextSpan? minus)
    {
        if (!TryMagnitude(token.Text, out ulong magnitude) || magnitude > (minus is null ? long.MaxValue : 1UL << 63))
        {
            return Fail(token.Span, "The number does not fit a 64-bit int.", "Write it as a double, with '.0'.");
        }

        return new Expression.Literal(minus?.To(token.Span) ?? token.Span, CelValue.Of(minus is null ? (long)magnitude : unchecked(-(long)magnitude)));
    }

    private Expression? ParseUnsigned(Token token) => TryMagnitude(token.Text.AsSpan(0, token.Text.Length - 1), out ulong value)
        ? new Expression.Literal(token.Span, CelValue.Of(value))
        : Fail(token.Span, "The number does not fit a 64-bit uint.", "Write it as a double, with '.0'.");

    private static bool TryMagnitude(ReadOnlySpan<char> text, out ulong magnitude)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ulong.TryParse(isHex ? text[2..] : text, style, CultureInfo.InvariantCulture, out magnitude);
    }

    private Expression? ParseName(Token token, bool isRooted)
    {
        CelValue? constant = token.Text switch
        {
            "true" => CelValue.True,
            "false" => CelValue.False,
            "null" => CelValue.Null,
            _ => null,
        };
        if (constant is not null && !isRooted)
        {
            return new Expression.Literal(token.Span, constant);
        }

        if (Reserved.Contains(token.Text) || constant is not null)
        {
            return Fail(token.Span, $"'{token.Text}' is a reserved word.");
        }

        if (!TakeSymbol("("))
        {
            return new Expression.Identifier(token.Span, token.Text, isRooted);
        }

        if (ParseList(")") is not { } arguments)
        {
            return null;
        }

        var span = token.Span.To(tokens[next - 1].Span);
        if (token.Text != "has" || !hasMacros)
        {
            return Checked(new Expression.Call(span, token.Text, token.Span, null, arguments));
        }

        return arguments is [Expression.Select { IsOptional: false } member]
            ? Checked(new Expression.Has(span, member))
            : Fail(span, "has(…) asks for one member.", "Write has(args.reason).");
    }

    private ImmutableArray<Expression>? ParseList(string close, bool allowsOptional = false)
    {
        var items = ImmutableArray.CreateBuilder<Expression>();
        while (!TakeSymbol(close))
        {
            var mark = Current;
            bool isOptional = allowsOptional && TakeSymbol("?");
            if (ParseExpression() is not { } item)
            {
                return null;
            }

            items.Add(isOptional ? new Expression.Optionally(mark.Span.To(item.Span), item) : item);

            bool more = TakeSymbol(",");
            if (!more && !Current.Is(close))
            {
                Expect(close);
                return null;
            }

            if (more && close == ")" && Current.Is(close))
            {
                Fail(Current.Span, "An argument is due after ','.");
                return null;
            }
        }

        return items.ToImmutable();
    }

    private Expression? ParseMap(Token open)
    {
        var entries = ImmutableArray.CreateBuilder<(Expression, Expression)>();
        while (!TakeSymbol("}"))
        {
            bool isOptional = TakeSymbol("?");
            if (ParseExpression() is not { } key || !Expect(":") || ParseExpression() is not { } value)
            {
                return null;
            }

            entries.Add((key, isOptional ? new Expression.Optionally(value.Span, value) : value));
            if (!TakeSymbol(",") && !Current.Is("}"))
            {
                Expect("}");
                return null;
            }
        }

        return Checked(new Expression.MapLiteral(open.Span.To(tokens[next - 1].Span), entries.ToImmutable()));
    }
}

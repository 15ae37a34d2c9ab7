using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// Reads tokens by operator precedence into a syntax tree. It stops at the first problem: a method that returns null has left one.
/// </summary>
internal sealed partial class Parser
{
    private static readonly ImmutableArray<ImmutableArray<string>> Precedence =
        [["||"], ["&&"], ["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly ImmutableArray<Token> tokens;
    private readonly bool hasMacros;
    private int next;
    private int nesting;
    private ConditionProblem? problem;

    private Parser(ImmutableArray<Token> tokens, bool hasMacros)
    {
        this.tokens = tokens;
        this.hasMacros = hasMacros;
    }

    private Token Current => tokens[next];

    public static (Expression? Expression, ConditionProblem? Problem) Parse(ImmutableArray<Token> tokens, bool hasMacros)
    {
        var parser = new Parser(tokens, hasMacros);
        var expression = parser.ParseExpression();
        if (expression is not null && parser.Current.Kind != TokenKind.End)
        {
            expression = parser.Fail(parser.Current.Span, $"'{parser.Current.Text}' cannot follow here.", "Join conditions with '&&' or '||'.");
        }

        return (expression, parser.problem);
    }

    private Expression? ParseExpression()
    {
        // Invariant: every recursion of the parser passes here, so the stack is bounded by the depth limit.
        if (++nesting > ConditionLimits.Depth)
        {
            return TooDeep(Current.Span);
        }

        var test = ParseBinary(0);
        if (test is not null && TakeSymbol("?"))
        {
            test = ParseBinary(0) is { } then && Expect(":") && ParseExpression() is { } otherwise
                ? Checked(new Expression.Conditional(test, then, otherwise))
                : null;
        }

        nesting--;
        return test;
    }

    private Expression? ParseBinary(int level)
    {
        if (level == Precedence.Length)
        {
            return ParseUnary();
        }

        if (level < 2)
        {
            return ParseLogical(level);
        }

        var left = ParseBinary(level + 1);
        while (left is not null && IsOperator(Precedence[level]))
        {
            var symbol = tokens[next++];
            left = ParseBinary(level + 1) is { } right ? Checked(new Expression.Binary(symbol.Span, symbol.Text, left, right)) : null;
        }

        return left;
    }

    private Expression? ParseLogical(int level)
    {
        var operands = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            if (ParseBinary(level + 1) is not { } operand)
            {
                return null;
            }

            operands.Add(operand);
        }
        while (TakeSymbol(Precedence[level][0]));

        return operands.Count == 1 ? operands[0] : Checked(new Expression.Logical(level == 1, operands.ToImmutable()));
    }

    private bool IsOperator(ImmutableArray<string> symbols) =>
        (Current.Kind == TokenKind.Symbol || (Current.Kind == TokenKind.Identifier && Current.Text == "in"))
        && symbols.Contains(Current.Text, StringComparer.Ordinal);

    private Expression? ParseUnary()
    {
        int first = next;
        while (Current.Is("!") || Current.Is("-"))
        {
            next++;
        }

        int last = next;
        bool isNegativeNumber = last > first && tokens[last - 1].Is("-") && (Current.Kind == TokenKind.Integer || Current.Value?.Kind == CelKind.Double);
        if (isNegativeNumber)
        {
            // The sign belongs to the literal: -9223372036854775808 has no positive counterpart.
            last--;
        }

        var operand = ParseMember(isNegativeNumber ? tokens[last].Span : null);
        for (int i = last - 1; operand is not null && i >= first; i--)
        {
            operand = Checked(new Expression.Unary(tokens[i].Span.To(operand.Whole), tokens[i].Text, operand));
        }

        return operand;
    }

    private Expression? Checked(Expression? expression) => expression is null ? null : expression.Depth > ConditionLimits.Depth ? TooDeep(expression.Span) : expression;

    private Expression? TooDeep(TextSpan span) =>
        Fail(span, $"The condition nests more than {ConditionLimits.Depth} levels deep.", "Split it into several rules.");

    private bool TakeSymbol(string symbol)
    {
        bool taken = Current.Is(symbol);
        next += taken ? 1 : 0;
        return taken;
    }

    private bool Expect(string symbol)
    {
        if (TakeSymbol(symbol))
        {
            return true;
        }

        Fail(Current.Span, Current.Kind == TokenKind.End ? $"The condition ends where '{symbol}' is due." : $"'{symbol}' is due here, not '{Current.Text}'.");
        return false;
    }

    private Expression? Fail(TextSpan span, string message, string? suggestion = null)
    {
        problem ??= new(span.Position, span.Length, message, suggestion);
        return null;
    }
}

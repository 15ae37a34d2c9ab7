namespace Touchstage.Safety.Conditions;

/// <summary>One word of a condition's text.</summary>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, string Text, CelValue? Value = null)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}

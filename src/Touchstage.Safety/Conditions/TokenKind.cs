namespace Touchstage.Safety.Conditions;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    End,
    Identifier,

    /// <summary>A member's name between backticks.</summary>
    QuotedName,

    /// <summary>An int without its sign, decimal or hexadecimal.</summary>
    Integer,

    /// <summary>A uint with its suffix, decimal or hexadecimal.</summary>
    Unsigned,

    /// <summary>A double, a text or bytes.</summary>
    Literal,
    Symbol,
}

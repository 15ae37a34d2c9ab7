namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>What a piece of an expression is.</summary>
internal enum EcmaTokenKind
{
    End,
    Character,
    Set,
    Start,
    Finish,
    Boundary,
    NoBoundary,
    Bar,
    Group,
    Capture,
    Ahead,
    NotAhead,
    Behind,
    NotBehind,
    Close,
    BackReference,
    Repetition,
}

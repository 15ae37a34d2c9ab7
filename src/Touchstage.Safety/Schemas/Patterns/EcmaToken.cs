namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>A piece of an expression, whose place the grammar allows.</summary>
internal readonly record struct EcmaToken(EcmaTokenKind Kind)
{
    /// <summary>Of a character: its code point. Of a capture or a reference back by number: the group's number.</summary>
    public int Value { get; init; }

    /// <summary>Of a set: its members.</summary>
    public CodePointSet? Set { get; init; }

    /// <summary>Of a capture or a reference back by name: the group's name.</summary>
    public string? Name { get; init; }

    /// <summary>Of a repetition: how many rounds there must be.</summary>
    public int Min { get; init; }

    /// <summary>Of a repetition: how many rounds there may be; null for any number.</summary>
    public int? Max { get; init; }

    /// <summary>Of a repetition: whether as few rounds as possible are tried first.</summary>
    public bool IsLazy { get; init; }
}

namespace Touchstage.Safety.Schemas;

/// <summary>What a schema is held against, which decides whether it is closed by default.</summary>
internal enum SchemaPosition
{
    /// <summary>The instance itself.</summary>
    Root,

    /// <summary>A part of the instance: its own schema, which is closed.</summary>
    Value,

    /// <summary>A value that another schema is held against, too: that one is closed, and knows what this one looks at.</summary>
    InPlace,

    /// <summary>A question and not a demand, as in <c>not</c> and <c>if</c>: it means what is written, here and below.</summary>
    Condition,
}

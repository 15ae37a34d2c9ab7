namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>The kinds of values that an expression may come to, with truth values and NaN told apart.</summary>
[Flags]
internal enum Kinds
{
    None = 0,

    /// <summary>No value: it fails.</summary>
    Failed = 1,
    Null = 2,
    True = 4,
    False = 8,
    Int = 16,
    Uint = 32,

    /// <summary>A double that is a number.</summary>
    Double = 64,
    NaN = 128,
    Text = 256,
    List = 512,

    /// <summary>Whatever nothing more is known of.</summary>
    Other = 1024,
    Bool = True | False,
    Number = Int | Uint | Double,
    Value = Null | Bool | Number | NaN | Text | List | Other,
    Any = Failed | Value,
}

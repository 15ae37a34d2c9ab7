namespace Touchstage.Safety.Conditions;

/// <summary>What a macro over the elements of a value comes to.</summary>
internal enum ComprehensionKind
{
    /// <summary>Whether every element passes the test.</summary>
    All,

    /// <summary>Whether some element passes the test.</summary>
    Exists,

    /// <summary>Whether just one element passes the test.</summary>
    ExistsOne,

    /// <summary>The elements that pass the test.</summary>
    Filter,

    /// <summary>A list of what each element becomes.</summary>
    Map,

    /// <summary>A map of the same keys with what each value becomes.</summary>
    TransformMap,

    /// <summary>A map of the entries that each element becomes.</summary>
    TransformMapEntry,

    /// <summary>An optional of what an optional's value becomes.</summary>
    OptionalMap,

    /// <summary>The optional that an optional's value becomes.</summary>
    OptionalFlatMap,
}

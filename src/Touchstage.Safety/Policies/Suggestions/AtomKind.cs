namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>What a conjunct restricts. <c>default</c> restricts no value.</summary>
internal enum AtomKind
{
    /// <summary>Whether something is there.</summary>
    Presence,

    /// <summary>The value of an argument: a bound, or one of a few.</summary>
    Argument,

    /// <summary>What a fact answered.</summary>
    Fact,

    /// <summary>A role of the caller.</summary>
    Role,

    /// <summary>Whose calls.</summary>
    Tenant,
}

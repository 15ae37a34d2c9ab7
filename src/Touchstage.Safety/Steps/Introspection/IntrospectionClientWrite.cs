namespace Touchstage.Safety.Steps.Introspection;

/// <summary>What became of a change to a client.</summary>
internal enum IntrospectionClientWrite
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>The tenant does not exist, or was deleted.</summary>
    NoSuchTenant,
}

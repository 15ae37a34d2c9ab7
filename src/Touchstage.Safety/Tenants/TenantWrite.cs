namespace Touchstage.Safety.Tenants;

/// <summary>What became of applying a tenant's manifest.</summary>
public enum TenantWrite
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>The tenant is new.</summary>
    Created,

    /// <summary>The tenant's manifest was replaced.</summary>
    Updated,

    /// <summary>The manifest is the one that was already in force.</summary>
    Unchanged,

    /// <summary>The name is a deleted tenant's, and never given again.</summary>
    Deleted,
}

namespace Touchstage.Safety.Tenants;

/// <summary>Whether a tenant is there.</summary>
internal enum TenantLife
{
    /// <summary>There never was one of that name.</summary>
    None,

    /// <summary>It is there.</summary>
    Live,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>It was deleted, and its keys destroyed.</summary>
    Shredded,
}

using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>The capabilities that are loaded now, seen through a tenant.</summary>
internal interface ICatalog
{
    /// <summary>
    /// What the tenant has, by tool name in ordinal order. A capability whose connection the tenant lacks, or whose tenant rules or settings do not
    /// check, is not in it.
    /// </summary>
    ImmutableSortedDictionary<string, TenantScope> For(Tenant tenant);
}

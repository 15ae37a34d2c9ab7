namespace Touchstage.Safety.Storage;

/// <summary>One generation of a tenant's data key, wrapped. Without any of them the tenant is shredded.</summary>
internal sealed class TenantKeyRow
{
    public required string Tenant { get; init; }

    public required int Generation { get; init; }

    public required byte[] Wrapped { get; set; }

    public required long CreatedAt { get; init; }
}

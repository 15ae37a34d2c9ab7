using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>tenant_keys</c>.</summary>
internal sealed class TenantKeyTable : IEntityTypeConfiguration<TenantKeyRow>
{
    public void Configure(EntityTypeBuilder<TenantKeyRow> builder)
    {
        builder.ToTable("tenant_keys");
        builder.HasKey(row => new { row.Tenant, row.Generation });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
    }
}

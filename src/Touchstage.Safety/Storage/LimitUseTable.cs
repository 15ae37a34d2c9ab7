using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>limit_uses</c>.</summary>
internal sealed class LimitUseTable : IEntityTypeConfiguration<LimitUseRow>
{
    public void Configure(EntityTypeBuilder<LimitUseRow> builder)
    {
        builder.ToTable("limit_uses");
        builder.HasKey(row => new { row.Tenant, row.StepId, row.LimitKey });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.Tenant, row.LimitKey, row.At });
        builder.HasOne<StepRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.StepId }).OnDelete(DeleteBehavior.Restrict);
    }
}

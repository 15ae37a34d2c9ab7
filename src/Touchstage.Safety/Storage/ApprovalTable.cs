using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>approvals</c>.</summary>
internal sealed class ApprovalTable : IEntityTypeConfiguration<ApprovalRow>
{
    public void Configure(EntityTypeBuilder<ApprovalRow> builder)
    {
        builder.ToTable("approvals");
        builder.HasKey(row => new { row.Tenant, row.Id });
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.ClosingTag).HasConversion<string>();
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.Tenant, row.RequesterKey, row.ActionDigest });
        builder.HasIndex(row => new { row.Tenant, row.RequesterKey, row.CreatedAt });
        builder.HasIndex(row => new { row.Tenant, row.RequesterKey, row.Capability, row.State });
        builder.HasIndex(row => new { row.Tenant, row.Capability, row.CreatedAt });
        builder.HasIndex(row => new { row.Tenant, row.State, row.CreatedAt });
        builder.HasIndex(row => row.EscalatesAt);
        builder.HasIndex(row => new { row.State, row.ExpiresAt });
    }
}

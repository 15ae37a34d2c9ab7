using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>revisions</c>.</summary>
internal sealed class RevisionTable : IEntityTypeConfiguration<RevisionRow>
{
    public void Configure(EntityTypeBuilder<RevisionRow> builder)
    {
        builder.ToTable("revisions");
        builder.HasKey(row => new { row.Tenant, row.ApprovalId, row.Number });
        builder.Property(row => row.Origin).HasConversion<string>();
        builder.HasIndex(row => new { row.Tenant, row.ActionDigest });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

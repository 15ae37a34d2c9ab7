using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>decision_locks</c>.</summary>
internal sealed class DecisionLockTable : IEntityTypeConfiguration<DecisionLockRow>
{
    public void Configure(EntityTypeBuilder<DecisionLockRow> builder)
    {
        builder.ToTable("decision_locks");
        builder.HasKey(row => new { row.Tenant, row.ApprovalId, row.ApproverKey });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

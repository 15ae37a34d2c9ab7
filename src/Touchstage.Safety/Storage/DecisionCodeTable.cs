using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>decision_codes</c>.</summary>
internal sealed class DecisionCodeTable : IEntityTypeConfiguration<DecisionCodeRow>
{
    public void Configure(EntityTypeBuilder<DecisionCodeRow> builder)
    {
        builder.ToTable("decision_codes");
        builder.HasKey(row => new { row.Tenant, row.ApprovalId, row.ApproverKey, row.RevisionDigest });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

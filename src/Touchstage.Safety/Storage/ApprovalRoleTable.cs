using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>approval_roles</c>.</summary>
internal sealed class ApprovalRoleTable : IEntityTypeConfiguration<ApprovalRoleRow>
{
    public void Configure(EntityTypeBuilder<ApprovalRoleRow> builder)
    {
        builder.ToTable("approval_roles");
        builder.HasKey(row => new { row.Tenant, row.Role, row.ExpiresAt, row.ApprovalId });
        // Covers its query; of a shorter index the engine thinks less than of walking the tenant's part of the key.
        builder.HasIndex(row => new { row.Tenant, row.ApprovalId, row.Role, row.ExpiresAt });
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

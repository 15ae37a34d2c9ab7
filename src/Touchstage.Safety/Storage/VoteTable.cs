using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>votes</c>.</summary>
internal sealed class VoteTable : IEntityTypeConfiguration<VoteRow>
{
    public void Configure(EntityTypeBuilder<VoteRow> builder)
    {
        builder.ToTable("votes");
        builder.HasKey(row => new { row.Tenant, row.ApprovalId, row.Number });
        builder.Property(row => row.Decision).HasConversion<string>();
        builder.Property(row => row.Tag).HasConversion<string>();
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.Tenant, row.ApprovalId, row.Revision, row.VoterKey }).IsUnique();
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

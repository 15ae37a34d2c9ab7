using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>approval_notes</c>.</summary>
internal sealed class NoteTable : IEntityTypeConfiguration<NoteRow>
{
    public void Configure(EntityTypeBuilder<NoteRow> builder)
    {
        builder.ToTable("approval_notes");
        builder.HasKey(row => new { row.Tenant, row.ApprovalId, row.Number });
        builder.Property(row => row.Kind).HasConversion<string>();
        builder.HasOne<ApprovalRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.ApprovalId }).OnDelete(DeleteBehavior.Restrict);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>steps</c>.</summary>
internal sealed class StepTable : IEntityTypeConfiguration<StepRow>
{
    public void Configure(EntityTypeBuilder<StepRow> builder)
    {
        builder.ToTable("steps");
        builder.HasKey(row => new { row.Tenant, row.Id });
        builder.Property(row => row.Status).HasConversion<string>();
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => new { row.Tenant, row.PrincipalKey, row.ActionDigest });
        builder.HasIndex(row => new { row.Tenant, row.Scope, row.RecordedAt });
        builder.HasIndex(row => new { row.Status, row.Deadline });
        builder.HasIndex(row => row.VerifyAt);
    }
}

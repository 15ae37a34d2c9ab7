using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>sessions</c>.</summary>
internal sealed class SessionTable : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(row => new { row.Tenant, row.Id });
        builder.Property(row => row.Kind).HasConversion<string>();
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.KeyHash).IsUnique();
    }
}

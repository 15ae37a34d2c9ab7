using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>spent_states</c>.</summary>
internal sealed class SpentStateTable : IEntityTypeConfiguration<SpentStateRow>
{
    public void Configure(EntityTypeBuilder<SpentStateRow> builder)
    {
        builder.ToTable("spent_states");
        builder.HasKey(row => new { row.Tenant, row.Nonce });
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.ExpiresAt);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>introspection_clients</c>.</summary>
internal sealed class IntrospectionClientTable : IEntityTypeConfiguration<IntrospectionClientRow>
{
    public void Configure(EntityTypeBuilder<IntrospectionClientRow> builder)
    {
        builder.ToTable("introspection_clients");
        builder.HasKey(row => row.ClientId);
        builder.HasOne<TenantRow>().WithMany().HasForeignKey(row => row.Tenant).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.Tenant, row.Connection });
    }
}

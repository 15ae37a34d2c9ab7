using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>manifests</c>.</summary>
internal sealed class ManifestTable : IEntityTypeConfiguration<ManifestRow>
{
    public void Configure(EntityTypeBuilder<ManifestRow> builder)
    {
        builder.ToTable("manifests");
        builder.HasKey(row => row.Digest);
    }
}

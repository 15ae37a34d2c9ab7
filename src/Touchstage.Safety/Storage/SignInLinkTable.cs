using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Touchstage.Safety.Storage;

/// <summary>The table <c>sign_in_links</c>.</summary>
internal sealed class SignInLinkTable : IEntityTypeConfiguration<SignInLinkRow>
{
    public void Configure(EntityTypeBuilder<SignInLinkRow> builder)
    {
        builder.ToTable("sign_in_links");
        builder.HasKey(row => row.Hash);
        builder.HasOne<SessionRow>().WithMany().HasForeignKey(row => new { row.Tenant, row.SessionId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.ExpiresAt);
    }
}

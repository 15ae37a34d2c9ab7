using Microsoft.EntityFrameworkCore;

namespace Storefront.Api.Data;

/// <summary>The storefront's own data. Endpoints reach it through <see cref="AccountData"/> only.</summary>
internal sealed class StorefrontDb(DbContextOptions<StorefrontDb> options) : DbContext(options)
{
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<Payment>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<Payment>().Ignore(row => row.Status);
        modelBuilder.Entity<Refund>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<Receipt>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<Invite>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<Project>().HasKey(row => new { row.Account, row.Id });
        modelBuilder.Entity<IdempotentAnswer>().HasKey(row => new { row.Account, row.Key });
        modelBuilder.Entity<JournalEntry>().HasKey(row => row.Number);
    }
}

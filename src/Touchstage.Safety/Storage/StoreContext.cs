using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <summary>The tables. One lives as long as one command or one read, and never leaves this folder.</summary>
internal sealed class StoreContext(DbContextOptions<StoreContext> options) : DbContext(options)
{
    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<TenantKeyRow> TenantKeys => Set<TenantKeyRow>();

    public DbSet<AccessTokenRow> AccessTokens => Set<AccessTokenRow>();

    public DbSet<IntrospectionClientRow> IntrospectionClients => Set<IntrospectionClientRow>();

    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<SecretRow> Secrets => Set<SecretRow>();

    public DbSet<ManifestRow> Manifests => Set<ManifestRow>();

    public DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerHeadRow> LedgerHeads => Set<LedgerHeadRow>();

    public DbSet<ApprovalRow> Approvals => Set<ApprovalRow>();

    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();

    public DbSet<VoteRow> Votes => Set<VoteRow>();

    public DbSet<ApprovalRoleRow> ApprovalRoles => Set<ApprovalRoleRow>();

    public DbSet<NoteRow> Notes => Set<NoteRow>();

    public DbSet<DecisionCodeRow> DecisionCodes => Set<DecisionCodeRow>();

    public DbSet<DecisionLockRow> DecisionLocks => Set<DecisionLockRow>();

    public DbSet<SignInLinkRow> SignInLinks => Set<SignInLinkRow>();

    public DbSet<SpentStateRow> SpentStates => Set<SpentStateRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<StepRow> Steps => Set<StepRow>();

    public DbSet<LimitUseRow> LimitUses => Set<LimitUseRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StoreContext).Assembly);
}

using System.Collections.Immutable;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.TestKit;

/// <summary>
/// Walks the real stages from <c>identify</c> to <c>open</c> over stores in memory: the only way a test gets a proof. Capabilities and tenants are manifests; an action must be
/// one that its policy allows.
/// </summary>
internal sealed class StageWalk : IFactSource, ICatalog
{
    private ImmutableSortedDictionary<string, Capability> capabilities = ImmutableSortedDictionary.Create<string, Capability>(StringComparer.Ordinal);

    public FakeTimeProvider Time { get; } = new(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public MemorySessions Sessions { get; } = new();

    public MemoryTenants Tenants { get; } = new();

    public MemorySecrets Secrets { get; } = new();

    public MemoryJournal Journal { get; } = new();

    public MemorySigningKeys SigningKeys { get; } = new();

    public TenantSeal Seal => new(Tenants);

    public SealedSecrets SealedSecrets => new(Secrets, Seal, ProcessEnvironment.OfThisProcess);

    public MemoryAccessTokens AccessTokenStore { get; } = new();

    public AccessTokens AccessTokens => field ??= new(AccessTokenStore, new(Seal), TokenClient, new(TokenClient, Time), Ids, Time, NullLogger<AccessTokens>.Instance);

    public OpenedConnection.Vault Vault => new(Tenants, SealedSecrets, AccessTokens);

    public ISecretAdministration SecretAdministration => new SecretAdministration(Tenants, Secrets, Seal, ProcessEnvironment.OfThisProcess);

    /// <summary>What facts answer; without it every fact fails.</summary>
    public Func<string, FactAnswer> Facts { get; set; } = _ => new(null, "no_such_fact", null);

    private static EgressOptions Loopback { get; } =
        new() { AllowedNetworks = [AllowedNetwork.TryParse("127.0.0.1/32", out var network, out _) ? network : throw new InvalidOperationException()] };

    /// <summary>Reaches loopback alone.</summary>
    private EgressClient Egress { get; } = new(new(new(Loopback), new(Loopback), new SystemHostResolver(), NullLogger<GuardedHandler>.Instance), TimeProvider.System);

    private TokenClient TokenClient => new(new(Egress), new(Egress, Time), SealedSecrets, new(Ids, Time), Time);

    private IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    private RandomIdSource Ids { get; } = new();

    public StageWalk Declare(string capability)
    {
        var document = YamlReader.Read("capability.yaml", capability);
        var read = CapabilityReader.Read(document, "test/capability") ?? throw new ArgumentException(Problems(document), nameof(capability));
        capabilities = capabilities.SetItem(read.Name, read);
        return this;
    }

    public async Task<TenantId> ApplyAsync(string tenant)
    {
        var document = YamlReader.Read("tenant.yaml", tenant);
        var read = TenantManifestReader.Read(document, capabilities) ?? throw new ArgumentException(Problems(document), nameof(tenant));
        await Tenants.ApplyAsync(read.Id, read, default);
        return read.Id;
    }

    public async Task SetSecretAsync(TenantId tenant, string connection, string secret)
    {
        if ((await SecretAdministration.SetAsync(tenant, connection, secret, default)).Refusal is { } no)
        {
            throw new ArgumentException(no.ToString(), nameof(secret));
        }
    }

    /// <summary>identify: a new session of the tenant.</summary>
    public async Task<Caller> IdentifyAsync(TenantId tenant, string subject = "agent@example.com")
    {
        var request = new SessionRequest(subject, null, SessionKind.Agent, [], "test", TimeSpan.FromHours(1));
        var session = Take(await new SessionAdministration(Sessions, Sessions, Ids, Time).CreateAsync(tenant, request, default));
        return Take(await new Caller.Identifier(Sessions, Time).IdentifyAsync(session.Key.Reveal(), default));
    }

    /// <summary>identify, resolve, validate.</summary>
    public async Task<ProposedAction> ProposeAsync(TenantId tenant, string tool, string argumentsJson, string subject = "agent@example.com")
    {
        var resolved = Take(await new ResolvedAction.Resolver(Tenants, this).ResolveAsync(await IdentifyAsync(tenant, subject), tool, default));
        return Take(new ProposedAction.Validator().Validate(resolved, argumentsJson, Narrative.None));
    }

    /// <summary>… judge, permit.</summary>
    public async Task<PermittedAction> PermitAsync(TenantId tenant, string tool, string argumentsJson)
    {
        var judgement = await new Judgement.Judge(Time).JudgeAsync(await ProposeAsync(tenant, tool, argumentsJson), this, default);
        var permission = Permitter.Permit(judgement, grant: null);
        return permission.Action ?? throw new InvalidOperationException($"Not permitted: {permission.Kind}: {string.Join("; ", judgement.Reasons)}");
    }

    /// <summary>… permit, for a fact.</summary>
    public async Task<PermittedAction> PermitFactAsync(TenantId tenant, string tool, string argumentsJson, string fact, string subject = "agent@example.com") =>
        Take(Permitter.PermitFact(await ProposeAsync(tenant, tool, argumentsJson, subject), fact));

    /// <summary>… record.</summary>
    public async Task<RecordedStep> RecordAsync(PermittedAction permitted) =>
        (await new RecordedStep.Recorder(Journal, Ids, Time).RecordAsync(permitted, default)).Step ?? throw new InvalidOperationException("Not recorded.");

    /// <summary>… refresh.</summary>
    public async Task<RefreshedStep> RefreshAsync(PermittedAction permitted) =>
        Take(await new RefreshedStep.Refresher(AccessTokens).RefreshAsync(await RecordAsync(permitted), default));

    /// <summary>… mint.</summary>
    public async Task<TokenedStep> MintAsync(PermittedAction permitted) => await MintAsync(await RefreshAsync(permitted));

    /// <summary>… open.</summary>
    public async Task<Result<OpenedConnection>> OpenAsync(PermittedAction permitted) => await Vault.OpenAsync(await MintAsync(permitted), default);

    /// <summary>… refresh, mint, open: what of it is refused is an answer.</summary>
    public async Task<Result<OpenedConnection>> TryOpenAsync(PermittedAction permitted)
    {
        var refreshed = await new RefreshedStep.Refresher(AccessTokens).RefreshAsync(await RecordAsync(permitted), default);
        return refreshed.TryGet(out var step, out var no) ? await Vault.OpenAsync(await MintAsync(step), default) : no;
    }

    public ImmutableSortedDictionary<string, TenantScope> For(Tenant tenant) => new CatalogSnapshot(capabilities).For(tenant);

    Task<FactAnswer> IFactSource.AskAsync(ProposedAction action, FactDeclaration fact, CancellationToken cancellation) => Task.FromResult(Facts(fact.Name));

    private static PermittedAction.Permitter Permitter { get; } = new(new(60));

    private Task<TokenedStep> MintAsync(RefreshedStep step) =>
        new TokenedStep.Minter(new(SigningKeys, Protection, Time), new("touchstage", "test", "http"), Ids, Time).MintAsync(step, default);

    private static T Take<T>(Result<T> result)
        where T : class => result.TryGet(out var value, out var no) ? value : throw new InvalidOperationException(no.ToString());

    private static string Problems(ManifestDocument document) => string.Join('\n', document.Problems.Select(p => $"{p.Line}: {p.Message} {p.Fix}"));
}

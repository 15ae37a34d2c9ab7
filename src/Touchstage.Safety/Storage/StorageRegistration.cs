using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <summary>Puts the store behind the interfaces that the other folders declare. Only the composition root calls it.</summary>
internal static class StorageRegistration
{
    /// <summary>The key ring, in a folder or in the store, and Data Protection upon it.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, string? folder, IReadOnlyList<string> certificates, string? password) => services
        .AddSingleton(provider => new KeyCertificates(certificates, password, provider.GetRequiredService<ProcessEnvironment>(), TimeProvider.System))
        .AddSingleton<IKeyRingPlace>(provider =>
            folder is null ? new ProtectionKeyRing(provider.GetRequiredService<StoreFile>(), provider.GetRequiredService<TimeProvider>()) : new KeyRingFolder(new DirectoryInfo(folder)))
        .AddSingleton<KeyRing>()
        .AddSingleton<KeyRingStart>()
        .AddSingleton<IKeyRing>(provider => provider.GetRequiredService<KeyRing>())
        .AddSingleton<IDataProtectionProvider>(provider => provider.GetRequiredService<KeyRing>());

    /// <summary>Needs Data Protection and a key ring; brings the system's clock unless there is another.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StoreLocation location)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, RandomIdSource>();
        services.AddSingleton(_ => new StoreFile(location));
        services.AddSingleton(_ => new WriteQueue());
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<Store>();
        services.AddSingleton<TenantKeys>();
        services.AddSingleton<ITenantKeys>(provider => provider.GetRequiredService<TenantKeys>());
        services.TryAddSingleton<TenantSeal>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<OutcomeBox>();
        services.AddSingleton<ApprovalReader>();
        services.AddSingleton<ApprovalVoting>();
        services.AddSingleton<ApprovalModifying>();
        services.AddSingleton<RecentActions>();
        services.AddSingleton<ITenantKeyAdministration, TenantKeyRotation>();
        services.AddSingleton<IStoreBackup, StoreBackup>();
        services.AddSingleton<ITenantStore, TenantStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ISessionStore>(provider => provider.GetRequiredService<SessionStore>());
        services.AddSingleton<ITokenSessionStore, TokenSessionStore>();
        services.AddSingleton<ISignInStore, SignInStore>();
        services.AddSingleton<IManifestStore, ManifestStore>();
        services.AddSingleton<ISecretStore, SecretStore>();
        services.AddSingleton<IAccessTokenStore, AccessTokenStore>();
        services.AddSingleton<ISigningKeyStore, SigningKeyStore>();
        services.AddSingleton<IApprovalStore, ApprovalStore>();
        services.AddSingleton<ISpentStates, SpentStates>();
        services.AddSingleton<IStepJournal, StepJournal>();
        services.AddSingleton<IDueWork, DueWork>();
        services.AddSingleton<IIntrospectionClientStore, IntrospectionClientStore>();
        services.AddSingleton<IWebhookOutbox, WebhookOutbox>();
        services.AddSingleton<IWebhooks, DeliveryAdministration>();
        services.AddSingleton<IOversight, Oversight>();
        services.AddSingleton<ILedgerStore, LedgerStore>();
        services.AddSingleton<IDecisionHistory, DecisionHistory>();
        services.AddSingleton<IChangeFeed, ChangeFeed>();
        return services;
    }
}

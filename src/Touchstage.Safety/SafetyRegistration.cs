using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.TaggedValues;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Explanations;
using Touchstage.Safety.Policies.Proofs;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Policies.Suggestions;
using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Upstream;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety;

/// <summary>The composition root: the only place that knows the store.</summary>
public static class SafetyRegistration
{
    /// <summary>Adds the safety library. Call <see cref="SafetyStart.StartTouchstageSafetyAsync"/> once before anything is run.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configure">Sets the options; they are checked when the library starts, all errors at once.</param>
    /// <returns>The same collection.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are wrong; its failures say what and what to do.</exception>
    public static IServiceCollection AddTouchstageSafety(this IServiceCollection services, Action<SafetyOptions> configure)
    {
        var options = new SafetyOptions();
        configure(options);
        var (store, networks, tokens) = SafetyOptionsCheck.Demand(options);

        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        return services
            .AddStorage(store)
            .AddKeyRing(SafetyOptionsCheck.KeyFolderOf(options), [.. options.KeyCertificates], options.KeyCertificatePassword)
            .AddTenants()
            .AddSessions(tokens)
            .AddCapabilities(options)
            .AddPolicies(options)
            .AddLedger()
            .AddApprovals(options)
            .AddSteps(options)
            .AddEgress(networks)
            .AddCredentials()
            .AddUpstream()
            .AddWebhooks()
            .AddActions();
    }

    private static IServiceCollection AddTenants(this IServiceCollection services) => services
        .AddSingleton<IIdSource, RandomIdSource>()
        .AddSingleton<TenantSeal>();

    private static IServiceCollection AddSessions(this IServiceCollection services, TokenSetup tokens) => services
        .AddSingleton(tokens)
        .AddSingleton<IssuerKeys>()
        .AddSingleton<TokenVerifier>()
        .AddSingleton<TokenSessions>()
        .AddSingleton<Caller.Identifier>()
        .AddSingleton<ICallers>(provider => provider.GetRequiredService<Caller.Identifier>())
        .AddSingleton<ISessionAdministration, SessionAdministration>()
        .AddSingleton<ISignIns, SignIns>();

    private static IServiceCollection AddPolicies(this IServiceCollection services, SafetyOptions options) => services
        .AddSingleton(new FactLimit(options.FactLookUpsPerMinute))
        .AddSingleton<Judgement.Judge>()
        .AddSingleton<IPolicyLanguage, PolicyLanguage>()
        .AddSingleton<ISchemaTrials, SchemaTrials>()
        .AddSingleton<IPolicyTests, PolicyTestRun>()
        .AddSingleton<IPolicyExplanations, PolicyExplanations>()
        .AddSingleton<IPolicyProofs, PolicyProofs>()
        .AddSingleton<PolicySimulator>()
        .AddSingleton<IPolicySimulation>(provider => provider.GetRequiredService<PolicySimulator>())
        .AddSingleton<IPolicySuggestions, PolicySuggester>();

    private static IServiceCollection AddCapabilities(this IServiceCollection services, SafetyOptions options) => services
        .AddSingleton(new CatalogDirectory(options.CapabilitiesDirectory))
        .AddSingleton<Catalog>()
        .AddSingleton<ICatalog>(provider => provider.GetRequiredService<Catalog>())
        .AddSingleton<IManifests>(provider => provider.GetRequiredService<Catalog>())
        .AddSingleton<ITenantAdministration, TenantAdministration>()
        .AddSingleton<ICapabilities, TenantTools>()
        .AddSingleton<ResolvedAction.Resolver>()
        .AddSingleton<ProposedAction.Validator>();

    private static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<ICheckpointSigner, CheckpointSigner>()
        .AddSingleton<ILedger, LedgerVerifier>();

    private static IServiceCollection AddEgress(this IServiceCollection services, ImmutableArray<AllowedNetwork> networks) => services
        .AddSingleton(new EgressOptions { AllowedNetworks = networks })
        .AddSingleton<IHostResolver, SystemHostResolver>()
        .AddSingleton<AddressPolicy>()
        .AddSingleton<TlsTerms>()
        .AddSingleton<GuardedHandler>()
        .AddSingleton<EgressClient>()
        .AddSingleton<TokenChannel>()
        .AddSingleton<IProviderChannel, ProviderChannel>()
        .AddSingleton<IIssuerDocuments, IssuerDocuments>();

    private static IServiceCollection AddCredentials(this IServiceCollection services) => services
        .AddSingleton(ProcessEnvironment.OfThisProcess)
        .AddSingleton<SealedSecrets>()
        .AddSingleton<AuthorizationServers>()
        .AddSingleton<ClientAssertions>()
        .AddSingleton<TokenClient>()
        .AddSingleton<AccessBoxes>()
        .AddSingleton<AccessTokens>()
        .AddSingleton<IConnectionAccess>(provider => provider.GetRequiredService<AccessTokens>())
        .AddSingleton<IAccessTokens>(provider => provider.GetRequiredService<AccessTokens>())
        .AddSingleton<TokenExchanges>()
        .AddSingleton<IConnectionAuthorization, ConnectionAuthorization>()
        .AddSingleton<OpenedConnection.Vault>()
        .AddSingleton<WebhookVault>()
        .AddSingleton<ISecretAdministration, SecretAdministration>();

    private static IServiceCollection AddUpstream(this IServiceCollection services) => services.AddSingleton<UpstreamSender>();

    private static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookSender>()
        .AddSingleton<DeliveryWorker>()
        .AddHostedService(provider => provider.GetRequiredService<DeliveryWorker>());

    private static IServiceCollection AddApprovals(this IServiceCollection services, SafetyOptions options) => services
        .AddSingleton(new InboxAddress(() => options.InboxUrl))
        .AddSingleton<Grant.Teller>()
        .AddSingleton<PermittedAction.Permitter>()
        .AddSingleton<IPeopleDecisions, PeopleDecisions>()
        .AddSingleton<Hold>()
        .AddSingleton<ApprovalAccess>()
        .AddSingleton<ApprovalViews>()
        .AddSingleton<ApprovalQueues>()
        .AddSingleton<ApprovalNotes>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<IApprovals>(provider => provider.GetRequiredService<ApprovalDesk>());

    private static IServiceCollection AddSteps(this IServiceCollection services, SafetyOptions options) => services
        .AddSingleton(new StepTokenIssuer(options.Issuer, options.Workload, options.Transport))
        .AddSingleton<SigningKeys>()
        .AddSingleton<IStepKeys>(provider => provider.GetRequiredService<SigningKeys>())
        .AddSingleton<ISigningKeyAdministration, SigningKeyAdministration>()
        .AddSingleton<IVoteSigner, VoteSigner>()
        .AddSingleton<RecordedStep.Recorder>()
        .AddSingleton<RefreshedStep.Refresher>()
        .AddSingleton<TokenedStep.Minter>()
        .AddSingleton<IIntrospection, TokenIntrospection>()
        .AddSingleton<IIntrospectionClients, IntrospectionClients>();

    private static IServiceCollection AddActions(this IServiceCollection services) => services
        .AddSingleton<PipelineTelemetry>()
        .AddSingleton<Settlement>()
        .AddSingleton<BlockedActions>()
        .AddSingleton<ApprovedActions>()
        .AddSingleton<Hindsight>()
        .AddSingleton<UnknownSteps>()
        .AddSingleton<CredentialMark>()
        .AddSingleton<FactCache>()
        .AddSingleton<ActionPipeline>()
        .AddSingleton<IActions>(provider => provider.GetRequiredService<ActionPipeline>())
        .AddSingleton<IFactSource>(provider => provider.GetRequiredService<ActionPipeline>())
        .AddSingleton<IModifications, Modifications>()
        .AddSingleton<ResolutionAccess>()
        .AddSingleton<IResolutions, Resolutions>()
        .AddSingleton<IReplays, Replays>()
        .AddSingleton<DueWorker>()
        .AddHostedService(provider => provider.GetRequiredService<DueWorker>());
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The one line that wires the verifier kit.</summary>
public static class StepTokenServiceCollectionExtensions
{
    /// <summary>
    /// Adds the authentication scheme <see cref="StepTokenDefaults.Scheme"/>, which checks the step token of every request to an endpoint
    /// with <see cref="CapabilityEndpointExtensions.RequireCapability"/> or <see cref="RequireCapabilityAttribute"/>, and of no other. It composes with the API's own schemes:
    /// an endpoint that also asks for one of those needs both. The host does not start with incomplete options, or with a replay file that it cannot use.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says which tokens this API accepts.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTouchstageStepTokens(this IServiceCollection services, Action<StepTokenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton<IValidateOptions<StepTokenOptions>, StepTokenOptionsValidator>();
        services.AddOptions<StepTokenOptions>(StepTokenDefaults.Scheme).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ReplayStore);
        services.AddHostedService<ReplayStoreStart>();
        services.TryAddSingleton<IssuerKeys>();
        services.AddHttpClient(StepTokenDefaults.KeysClient)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        services.AddAuthentication().AddScheme<StepTokenOptions, StepTokenHandler>(StepTokenDefaults.Scheme, configure);
        services.AddAuthorization();
        return services;
    }

    private static IStepTokenReplayStore ReplayStore(IServiceProvider services) =>
        services.GetRequiredService<IOptionsMonitor<StepTokenOptions>>().Get(StepTokenDefaults.Scheme).ReplayFile is null
            ? ActivatorUtilities.CreateInstance<InMemoryReplayStore>(services)
            : ActivatorUtilities.CreateInstance<FileReplayStore>(services);
}

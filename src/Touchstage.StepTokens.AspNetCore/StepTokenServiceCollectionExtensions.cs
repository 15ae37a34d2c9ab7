using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The one line that wires the verifier kit.</summary>
public static class StepTokenServiceCollectionExtensions
{
    /// <summary>
    /// Adds the authentication scheme <see cref="StepTokenDefaults.Scheme"/>, which checks the step token of every request to an endpoint
    /// with <see cref="CapabilityEndpointExtensions.RequireCapability"/>. The host does not start with incomplete options.
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
        services.TryAddSingleton<IStepTokenReplayStore, InMemoryReplayStore>();
        services.TryAddSingleton<IssuerKeys>();
        services.AddHttpClient(StepTokenDefaults.KeysClient)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        services.AddAuthentication().AddScheme<StepTokenOptions, StepTokenHandler>(StepTokenDefaults.Scheme, configure);
        services.AddAuthorization();
        return services;
    }
}

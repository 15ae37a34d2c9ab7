using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Touchstage.Safety.Egress;

/// <summary>Registers this room.</summary>
internal static class EgressRegistration
{
    /// <summary>Adds the one way out; wrong options are told all at once.</summary>
    public static IServiceCollection AddEgress(this IServiceCollection services, EgressOptions options) =>
        new EgressOptionsValidator().Validate(null, options) is { Failed: true, Failures: var problems }
            ? throw new OptionsValidationException(nameof(EgressOptions), typeof(EgressOptions), problems)
            : services
                .AddSingleton(options)
                .AddSingleton<IHostResolver, SystemHostResolver>()
                .AddSingleton(new AddressPolicy(options.AllowedNetworks))
                .AddSingleton<GuardedHandler>()
                .AddSingleton<EgressClient>();
}

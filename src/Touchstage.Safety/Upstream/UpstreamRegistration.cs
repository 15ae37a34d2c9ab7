using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Safety.Upstream;

/// <summary>Registers this room.</summary>
internal static class UpstreamRegistration
{
    public static IServiceCollection AddUpstream(this IServiceCollection services) => services.AddSingleton<UpstreamSender>();
}

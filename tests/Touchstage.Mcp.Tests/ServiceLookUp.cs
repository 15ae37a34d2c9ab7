using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Mcp.Tests;

internal static class ServiceLookUp
{
    public static T GetRequiredServiceOf<T>(this IServiceProvider services) where T : notnull => services.GetRequiredService<T>();
}

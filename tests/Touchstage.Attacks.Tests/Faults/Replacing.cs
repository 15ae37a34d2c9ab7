using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>Puts a fault around a real service.</summary>
internal static class Replacing
{
    public static void Around<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var real = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => wrap((T)(real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }

    /// <summary>What a dead process answers.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}

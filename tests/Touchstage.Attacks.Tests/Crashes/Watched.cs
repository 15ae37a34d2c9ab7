using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>A real service that says which call is about to be made.</summary>
/// <typeparam name="T">The service.</typeparam>
[SuppressMessage("Performance", "CA1852", Justification = "The runtime derives the proxy from it.")]
[SuppressMessage("Design", "MA0053", Justification = "The runtime derives the proxy from it.")]
internal class Watched<T> : DispatchProxy
    where T : class
{
    private T real = null!;
    private Func<MethodInfo, object?[], string> name = null!;

    /// <summary>Puts it around the registered one.</summary>
    public static void Around(IServiceCollection services, Func<MethodInfo, object?[], string> name) => services.Around<T>(real =>
    {
        var proxy = Create<T, Watched<T>>();
        var watched = (Watched<T>)(object)proxy;
        (watched.real, watched.name) = (real, name);
        return proxy;
    });

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        CrashPoint.Call(name(targetMethod!, args ?? []));
        return targetMethod!.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}

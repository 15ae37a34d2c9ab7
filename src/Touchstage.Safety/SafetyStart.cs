using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Storage;

namespace Touchstage.Safety;

/// <summary>Starts the safety library.</summary>
public static class SafetyStart
{
    /// <summary>Opens the store, bringing it up to date, and loads the capability manifests. Nothing runs before this has succeeded.</summary>
    /// <param name="services">The services that <see cref="SafetyRegistration.AddTouchstageSafety"/> was called on.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <returns>The capabilities that are in force, or everything that is wrong with their manifests: then the caller must not go on.</returns>
    /// <exception cref="StoreException">The data folder, the store or the key ring cannot be used; the message says why and what to do.</exception>
    public static async Task<ManifestReport> StartTouchstageSafetyAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        await services.OpenTouchstageStoreAsync(cancellation);
        return await services.GetRequiredService<IManifests>().ReloadAsync(cancellation);
    }

    /// <summary>Opens the store alone, bringing it up to date: for administration that needs no manifests.</summary>
    /// <param name="services">The services that <see cref="SafetyRegistration.AddTouchstageSafety"/> was called on.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="StoreException">The data folder, the store or the key ring cannot be used; the message says why and what to do.</exception>
    public static async Task OpenTouchstageStoreAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        var data = services.GetRequiredService<SafetyOptions>().DataDirectory;
        try
        {
            PrivateDirectory(data);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreException.Unwritable, $"The data folder {data} cannot be created or written. Name another with --data, or mend its permissions.", exception);
        }

        await services.GetRequiredService<IChangeFeed>().NewestAsync(cancellation);
        await services.GetRequiredService<KeyRingStart>().OpenAsync(cancellation);
    }

    // The store and the keys that open it: nobody else on the machine reads them.
    private static void PrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

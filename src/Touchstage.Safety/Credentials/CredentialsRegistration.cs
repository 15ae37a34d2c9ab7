using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Safety.Credentials;

/// <summary>Registers this room; its store comes with Storage.</summary>
internal static class CredentialsRegistration
{
    public static IServiceCollection AddCredentials(this IServiceCollection services) => services
        .AddSingleton<OpenedConnection.Vault>()
        .AddSingleton<ISecretAdministration, SecretAdministration>();
}

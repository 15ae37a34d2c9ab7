using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Webhooks;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>Webhooks of acme, as the attacks on them need them.</summary>
internal static class Hooks
{
    public const string Key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    /// <summary>Gives acme these webhooks, each a line of YAML, and their secrets.</summary>
    public static async Task HookAsync(this TouchstageHost host, string upstream, params (string Name, string Yaml, string Secret)[] webhooks)
    {
        await host.ApplyAsync("acme", upstream, "webhooks:\n" + string.Join('\n', webhooks.Select(webhook => $"  {webhook.Name}: {{ {webhook.Yaml} }}")));
        foreach (var (name, _, secret) in webhooks)
        {
            (await host.Services.GetRequiredService<ISecretAdministration>().SetAsync(TouchstageHost.TenantOf("acme"), $"webhook:{name}", secret, default)).Refusal.ShouldBeNull();
        }
    }

    /// <summary>What acme's webhooks have not taken.</summary>
    public static Task<DeliveryList> UndeliveredAsync(this TouchstageHost host) =>
        host.Services.GetRequiredService<IWebhooks>().ListAsync(TouchstageHost.TenantOf("acme"), 100, default);

    /// <summary>Names that resolve to what an attacker wants.</summary>
    public static Action<IServiceCollection> Resolving(Func<string[]> addresses) => services => services.AddSingleton<IHostResolver>(new Resolver(addresses));

    private sealed class Resolver(Func<string[]> addresses) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => Task.FromResult(addresses().Select(IPAddress.Parse).ToArray());
    }
}

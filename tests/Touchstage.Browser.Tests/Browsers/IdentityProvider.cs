using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Browser.Tests.Browsers;

/// <summary>npm oidc-provider on a free loopback port, as a process of its own.</summary>
/// <param name="Process">The process.</param>
/// <param name="Issuer">Its issuer, to the letter.</param>
internal sealed record IdentityProvider(RunningProcess Process, string Issuer)
{
    public const string ClientId = "inbox";

    /// <summary>Starts it.</summary>
    /// <param name="clientSecret">What the server proves itself with.</param>
    /// <param name="accounts">Who can sign in: name and claims.</param>
    public static async Task<IdentityProvider> StartAsync(string clientSecret, object accounts)
    {
        var process = RunningProcess.Start("oidc-provider", Command.Of("node", [Path.Combine(BrowserParts.Folder, "provider.mjs")], folder: BrowserParts.Folder));
        await JsonSerializer.SerializeAsync(process.Input, new { clientId = ClientId, clientSecret, accounts });
        process.Input.Close();
        return new(process, (await process.ListeningAsync()).GetLeftPart(UriPartial.Authority));
    }
}

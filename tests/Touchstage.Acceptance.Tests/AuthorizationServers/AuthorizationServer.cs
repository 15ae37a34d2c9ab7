using System.Net.Http.Json;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>npm oidc-provider with an API that takes its tokens, as a process of its own on free loopback ports.</summary>
/// <param name="Process">The process.</param>
/// <param name="Issuer">Its issuer, to the letter.</param>
/// <param name="Api">Where the API is.</param>
/// <param name="Control">Where it is told what to do, and tells what it did.</param>
internal sealed record AuthorizationServer(RunningProcess Process, string Issuer, string Api, Uri Control)
{
    /// <summary>The resource, and the audience of step tokens, that the API is known by.</summary>
    public const string Resource = "https://api.example";

    private static readonly HttpClient Http = new();

    /// <summary>Starts it.</summary>
    /// <param name="clients">By id: <c>method</c>, and <c>secret</c> or <c>publicKey</c> (PEM).</param>
    /// <param name="accessTtl">How many seconds access tokens last.</param>
    /// <param name="skewSeconds">How far its clock is ahead.</param>
    public static async Task<AuthorizationServer> StartAsync(IReadOnlyDictionary<string, object> clients, int accessTtl, int skewSeconds)
    {
        var process = RunningProcess.Start("oidc-provider", Command.Of("node", [Path.Combine(ProviderFactAttribute.Folder, "provider.mjs")], folder: ProviderFactAttribute.Folder));
        await JsonSerializer.SerializeAsync(process.Input, new { resource = Resource, accessTtl, skewSeconds, clients });
        process.Input.WriteByte((byte)'\n');
        await process.Input.FlushAsync();
        var issuer = (await process.ListeningAsync()).GetLeftPart(UriPartial.Authority);
        return new(process, issuer, Said("api at ").GetLeftPart(UriPartial.Authority), Said("control at "));

        Uri Said(string before) => new(process.Said.Split('\n').Single(line => line.StartsWith(before, StringComparison.Ordinal))[before.Length..]);
    }

    /// <summary>Tells it to be otherwise: <c>delay</c> in milliseconds, <c>down</c>, <c>accessTtl</c>, <c>kid</c> that signs, <c>stepKeys</c>.</summary>
    public async Task SetAsync(object state)
    {
        using var answer = await Http.PostAsJsonAsync(Control, state);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What it and the API did so far.</summary>
    public async Task<ProviderReport> ReportAsync() => ProviderReport.Of(await Http.GetFromJsonAsync<JsonElement>(Control));

    /// <summary>The same, once so many requests have reached the token endpoint.</summary>
    public async Task<ProviderReport> ReportAfterAsync(int requests) =>
        ProviderReport.Of(await Http.GetFromJsonAsync<JsonElement>(new Uri(Control, $"/until/{requests.ToString(System.Globalization.CultureInfo.InvariantCulture)}")));
}

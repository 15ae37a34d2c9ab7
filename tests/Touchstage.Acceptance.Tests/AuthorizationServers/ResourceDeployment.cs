using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>The sample product behind one server that takes the access tokens of npm oidc-provider, by a name that a proxy would have.</summary>
public sealed class ResourceDeployment : Deployment
{
    public const string Resource = "https://mcp.example.com/mcp";

    /// <summary>Another server whose tokens the same authorization server gives.</summary>
    public const string Other = "https://other.example.com/mcp";

    private static readonly object Accounts = new
    {
        sam = new { tenant = "acme", roles = new[] { "member" }, email = "sam@acme.example" },
        olga = new { tenant = "acme", roles = new[] { "support" }, email = "olga@acme.example" },
        gil = new { tenant = "globex", roles = new[] { "support" }, email = "gil@globex.example" },
        nobody = new { tenant = "initech", roles = new[] { "support" }, email = "nobody@initech.example" },
    };

    internal Server Server { get; private set; } = null!;

    /// <summary>The issuer that is trusted for every tenant.</summary>
    internal Uri Issuer { get; private set; } = null!;

    /// <summary>One that is trusted for globex alone.</summary>
    internal Uri OfGlobex { get; private set; } = null!;

    /// <summary>One that is trusted, and whose clock is an hour behind.</summary>
    internal Uri Late { get; private set; } = null!;

    /// <summary>One that nobody named.</summary>
    internal Uri Stranger { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (ResourceFactAttribute.Missing is not null)
        {
            return;
        }

        (Issuer, OfGlobex, Late, Stranger) = (await IssueAsync(), await IssueAsync(), await IssueAsync(-3_600), await IssueAsync());
        Server = await ServeAsync("--behind-proxy", "--resource", Resource, "--oauth-issuer", Name(Issuer), "--oauth-issuer", $"globex={Name(OfGlobex)}", "--oauth-issuer", Name(Late));
        await StartStorefrontAsync(Server);
    }

    /// <summary>Gets access tokens, as any client could. They are secrets.</summary>
    internal async Task<(string[] Tokens, JsonElement Keys)> TokensAsync(Uri issuer, params (string Account, string Scope, string Resource)[] wanted)
    {
        var input = JsonSerializer.Serialize(wanted.Select(one => new { account = one.Account, scope = one.Scope, resource = one.Resource }));
        var run = await Command.RunAsync(Command.Of("node", [Path.Combine(NodeTheoryAttribute.Folder, "tokens.mjs"), Name(issuer)], folder: Folder), input);
        run.ExitCode.ShouldBe(0, run.Error);
        var said = JsonElement.Parse(run.Output);
        return ([.. said.GetProperty("tokens").EnumerateArray().Select(token => Canaries.Add(token.GetString()!))], said.GetProperty("keys"));
    }

    /// <summary>Runs a client from an address alone to a decided call.</summary>
    internal async Task<JsonElement> GoAsync(string client, string era)
    {
        var script = Path.Combine(NodeTheoryAttribute.Folder, $"authorized-{client}.mjs");
        var run = await Command.RunAsync(Command.Of("node", [script, Resource, Server.Address.ToString(), era], folder: Folder));
        run.ExitCode.ShouldBe(0, run.Error + run.Output);
        var report = JsonElement.Parse(run.Output);
        foreach (var token in report.GetProperty("tokens").EnumerateArray())
        {
            Canaries.Add(token.GetString()!);
        }

        return report;
    }

    /// <summary>An issuer's name, to the letter.</summary>
    internal static string Name(Uri issuer) => issuer.GetLeftPart(UriPartial.Authority);

    private async Task<Uri> IssueAsync(int skewSeconds = 0)
    {
        var process = Keep(RunningProcess.Start("oidc-provider", Command.Of("node", [Path.Combine(ProviderFactAttribute.Folder, "issuer.mjs")], folder: ProviderFactAttribute.Folder)));
        await JsonSerializer.SerializeAsync(process.Input, new { resources = new[] { Resource, Other }, skewSeconds, accounts = Accounts });
        process.Input.WriteByte((byte)'\n');
        await process.Input.FlushAsync();
        return await process.ListeningAsync();
    }
}

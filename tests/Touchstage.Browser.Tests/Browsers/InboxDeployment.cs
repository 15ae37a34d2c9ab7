using Microsoft.Playwright;
using Touchstage.Acceptance.Tests;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Browser.Tests.Browsers;

/// <summary>The sample product behind one server with an identity provider, an agent and approvers of Acme, an approver of Globex, and a browser.</summary>
public sealed class InboxDeployment : Deployment
{
    // A busy machine is slow, not wrong; in milliseconds.
    private const float Patience = 60_000;

    // Who can sign in at the provider; each but the first two lacks something.
    private static readonly object Accounts = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["olga"] = new { tenant = "acme", kind = "approver", roles = new[] { "support", "Domain Users" }, email = "olga@acme.example", email_verified = true },
        ["gil"] = new { tenant = "globex", kind = "approver", roles = "support", email = "gil@globex.example", email_verified = true },
        ["no-tenant"] = new { tenant = "nobody", kind = "approver", roles = new[] { "support" }, email = "a@acme.example", email_verified = true },
        ["agent"] = new { tenant = "acme", kind = "agent", roles = new[] { "support" }, email = "b@acme.example", email_verified = true },
        ["no-role"] = new { tenant = "acme", kind = "approver", roles = new[] { "Domain Users" }, email = "c@acme.example", email_verified = true },
        ["unverified"] = new { tenant = "acme", kind = "approver", roles = new[] { "support" }, email = "sam@acme.example", email_verified = false },
    };

    private IPlaywright? playwright;
    private IBrowser? browser;
    private Party? agent;

    internal Server Server { get; private set; } = null!;

    internal IdentityProvider Provider { get; private set; } = null!;

    /// <summary>Acme's agent.</summary>
    public SessionKey Agent { get; private set; } = null!;

    /// <summary>An approver of Acme with role support.</summary>
    public SessionKey Sam { get; private set; } = null!;

    /// <summary>Another one.</summary>
    public SessionKey Kim { get; private set; } = null!;

    /// <summary>An approver of Globex with role support.</summary>
    public SessionKey Stranger { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        // Without a browser every test is skipped, and there is nothing to start.
        if (BrowserParts.Missing is not null)
        {
            return;
        }

        Capabilities = Path.Combine(Folder, "capabilities");
        CopyManifests();
        var secret = NewSecret("provider");
        var file = Path.Combine(Folder, "client-secret");
        await File.WriteAllTextAsync(file, secret);
        Provider = await IdentityProvider.StartAsync(secret, Accounts);
        Keep(Provider.Process);
        Server = await ServeAsync("--oidc-authority", Provider.Issuer, "--oidc-client-id", IdentityProvider.ClientId, "--oidc-client-secret", $"file:{file}");
        File.Delete(file);
        await StartStorefrontAsync(Server);
        var sessions = await Task.WhenAll(
            SessionAsync("acme", "agent", "helper", "member"),
            SessionAsync("acme", "approver", "sam@acme.example", "support", "admin"),
            SessionAsync("acme", "approver", "kim@acme.example", "support", "admin"),
            SessionAsync("globex", "approver", "lee@globex.example", "support"));
        (Agent, Sam, Kim, Stranger) = (sessions[0], sessions[1], sessions[2], sessions[3]);
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        // Root has no sandbox to give away; anybody else keeps it.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserParts.Chromium, Args = Environment.UserName == "root" ? ["--no-sandbox"] : [] });
    }

    /// <summary>The agent, connected.</summary>
    internal async Task<Party> AgentAsync() => agent ??= await Party.OverHttpAsync(this, Server, Agent.Key);

    /// <summary>An empty browser profile on the server's address.</summary>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="options">What else is different about it.</param>
    public async Task<IBrowserContext> ProfileAsync(bool javaScript = true, Action<BrowserNewContextOptions>? options = null)
    {
        var settings = new BrowserNewContextOptions { BaseURL = Server.Address.ToString(), JavaScriptEnabled = javaScript };
        options?.Invoke(settings);
        var profile = await browser!.NewContextAsync(settings);
        profile.SetDefaultTimeout(Patience);
        return profile;
    }

    /// <summary>A link that signs an approver in, made at the command line.</summary>
    public async Task<string> LinkAsync(SessionKey approver)
    {
        var run = await RunAsync(["inbox", "open", "--url", Server.Address.ToString()], "", approver.Key);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output.Trim();
    }

    /// <summary>A page of a browser that an approver has signed in to, on its way to the inbox's first page.</summary>
    public async Task<IPage> SignedInAsync(SessionKey approver, bool javaScript = true, Action<BrowserNewContextOptions>? options = null)
    {
        var page = await (await ProfileAsync(javaScript, options)).NewPageAsync();
        await page.GotoAsync(await LinkAsync(approver));
        (await PressAsync(page, "Sign in")).Status.ShouldBe(302);
        return page;
    }

    /// <summary>Presses a button that sends a form, and waits for the answer.</summary>
    public static Task<IResponse> PressAsync(IPage page, string button) => page.RunAndWaitForResponseAsync(
        () => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync(), response => response.Request is { Method: "POST", IsNavigationRequest: true });

    // The sample product's, and what only these tests need: among what the sample tenants have anyway.
    private void CopyManifests()
    {
        foreach (var (from, to) in new[] { ("capabilities", ""), ("tests/Touchstage.Browser.Tests/Inbox/capabilities", "billing") })
        {
            var source = Path.Combine(Executable.Root, from);
            foreach (var file in Directory.EnumerateFiles(source, "*.yaml", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(Capabilities, to, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task EndAsync()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
        }

        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}

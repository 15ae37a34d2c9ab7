using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Touchstage.Mcp.Origins;
using Touchstage.Mcp.SignIns;
using Touchstage.Mcp.Transports;
using Touchstage.Safety;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Inbox;

/// <summary>The real server with its pages, before an upstream that answers, and people who are signed in to it.</summary>
internal sealed class InboxServer : IAsyncDisposable
{
    /// <summary>Two people decide; it has a field of each kind, and a sensitive argument.</summary>
    private const string CloseAccount = """
        capability: close_account
        title: Close an account
        description: Close an account for good.
        connection: workspace
        effects: destructive
        input:
          type: object
          required: [account, seats]
          properties:
            account: { type: string, maxLength: 80 }
            seats: { type: integer, minimum: 1, maximum: 50 }
            plan: { type: string, enum: [free, pro] }
            notify: { type: boolean, title: Tell the owner }
            note: { type: string, maxLength: 400 }
            labels: { type: object, additionalProperties: true }
            pin: { type: string, x-sensitive: true }
        request: { method: POST, path: "/v1/accounts/close" }
        policy:
          - forbid: args.seats > 40
            because: Large accounts are closed by their manager.
          - forbid: args.seats > 1
            mode: shadow
        approval:
          approvers: [support]
          escalate: [{ after: 2h, approvers: [managers] }]
          quorum: 2
          expires: 6h
          modify: [seats, plan, notify, note, labels]
          summary: "Close the account {account}"
        tests:
          - name: people decide
            args: { account: a, seats: 1 }
            expect: review
        """;

    private readonly WebApplication app;

    private InboxServer(FakeUpstream upstream, TouchstageHost host, WebApplication app)
    {
        this.app = app;
        Upstream = upstream;
        Host = host;
    }

    public TouchstageHost Host { get; }

    public FakeUpstream Upstream { get; }

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IServiceProvider Services => app.Services;

    public static async Task<InboxServer> StartAsync()
    {
        var product = SampleUpstream.Start();
        var refund = await File.ReadAllTextAsync(Path.Combine(Repository.Capabilities, "billing", "refund_user.yaml"));
        var host = await TouchstageHost.StartAsync(
            product.BaseUrl, new Dictionary<string, string>(StringComparer.Ordinal) { ["billing/refund_user.yaml"] = refund, ["accounts/close_account.yaml"] = CloseAccount });
        ListenAddress.TryCreate("http://127.0.0.1:0", [], false, out var address, out _).ShouldBeTrue();
        var server = HttpHost.Build(
            services => services.AddSingleton<TimeProvider>(host.Time).AddTouchstageSafety(options =>
            {
                options.DataDirectory = Path.Combine(host.Folder, "data");
                options.CapabilitiesDirectory = Path.Combine(host.Folder, "capabilities");
                options.AllowedNetworks.Add(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1/32:{product.Port}"));
            }),
            address!);
        (await server.Services.StartTouchstageSafetyAsync(default)).IsLoaded.ShouldBeTrue();
        await server.StartAsync();
        return new(product, host, server);
    }

    /// <summary>A browser in which an approver is signed in.</summary>
    public async Task<InboxBrowser> SignedInAsync(string subject = "boss@example.com", string tenant = "acme", params string[] roles) =>
        await UnderAsync(await Host.ApproverAsync(tenant, subject, roles));

    /// <summary>A browser in which the approver of a session key is signed in.</summary>
    public async Task<InboxBrowser> UnderAsync(string approverKey)
    {
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(InboxCookie.Scheme);
        var properties = InboxCookie.Properties();
        (properties.IssuedUtc, properties.ExpiresUtc) = (Host.Time.GetUtcNow(), Host.Time.GetUtcNow() + InboxCookie.Lifetime);
        var ticket = new AuthenticationTicket(InboxCookie.Ticket(await Host.CallerAsync(approverKey)), properties, InboxCookie.Scheme);
        return new(Url, cookie.Cookie.Name!, cookie.TicketDataFormat.Protect(ticket));
    }

    /// <summary>Holds a refund, for one person to decide, and returns its approval's id.</summary>
    public async Task<string> HoldRefundAsync(double amount = 80, string payment = "pay_1", string subject = "agent@example.com", string tenant = "acme", Narrative? narrative = null) =>
        await HoldAsync("refund_user", $$"""{"payment_id":"{{payment}}","amount":{{amount}},"reason":"Arrived broken"}""", subject, tenant, narrative);

    /// <summary>Holds the closing of an account, for two people to decide, and returns its approval's id.</summary>
    public Task<string> HoldClosingAsync(string argumentsJson = """{"account":"ada","seats":3,"plan":"pro","labels":{"a":1,"b":2},"pin":"4711-secret"}""", string subject = "agent@example.com") =>
        HoldAsync("close_account", argumentsJson, subject, "acme", null);

    public async Task<string> HoldAsync(string tool, string argumentsJson, string subject = "agent@example.com", string tenant = "acme", Narrative? narrative = null)
    {
        // Through the server itself, so that it hears of it at once.
        var outcome = await Services.GetRequiredService<IActions>().RunAsync(await Host.AgentAsync(tenant, subject), new(tool, argumentsJson, narrative ?? Narrative.None), default);
        return outcome.Approval?.Id ?? throw new InvalidOperationException($"It was not held: {outcome.Status} {outcome.Code} {outcome.Reason}");
    }

    /// <summary>Waits until everything that is due was done.</summary>
    public Task DoDueWorkAsync() => TouchstageHost.DoDueWorkAsync(Services);

    /// <summary>The bodies of what was posted to the upstream.</summary>
    public IReadOnlyList<string> Sent => [.. Upstream.Exchanges.Where(exchange => exchange.Method == "POST").Select(exchange => Encoding.UTF8.GetString(exchange.Body))];

    /// <summary>The approval as another approver sees it.</summary>
    public async Task<ApprovalView> ApprovalAsync(string id) => await Host.ApprovalAsync(await Host.ApproverAsync(subject: "onlooker@example.com"), id);

    public async ValueTask DisposeAsync()
    {
        await TouchstageHost.EndDueWorkAsync(app.Services);
        await app.DisposeAsync();
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

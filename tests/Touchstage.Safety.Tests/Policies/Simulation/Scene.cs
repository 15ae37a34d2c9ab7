using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies.Simulation;

/// <summary>A server that has recorded calls of a capability <c>pay</c>, and candidates to hold against them.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const string Rules = """
          - allow: args.amount < 50.0
            limits: [{ count: 3, per: 1h, by: [caller] }]
          - review: args.amount > 500.0
          - forbid: args.amount > 1000.0
        """;

    private const string Amount = "type: number, exclusiveMinimum: 0, maximum: 5000";

    private readonly FakeUpstream upstream;
    private int made;

    private Scene(FakeUpstream upstream, TouchstageHost host, string agent, string approver) => (this.upstream, Host, Agent, Approver) = (upstream, host, agent, approver);

    public TouchstageHost Host { get; }

    public string Agent { get; }

    public string Approver { get; }

    public static async Task<Scene> StartAsync(string rules = Rules, string more = "", string amount = Amount, string effects = "destructive")
    {
        var api = FakeUpstream.Start(exchange => exchange.ReplyAsync(
            200, "application/json", exchange.Method == "GET" ? """{"score":7,"tier":"gold"}""" : """{"id":"p_1"}"""));
        var host = await TouchstageHost.StartAsync(api.BaseUrl, new Dictionary<string, string> { ["pay.yaml"] = Manifest(rules, more, amount, effects: effects) });
        return new(api, host, await host.AgentAsync(roles: ["member"]), await host.ApproverAsync());
    }

    public static string Manifest(string rules = Rules, string more = "", string amount = Amount, string name = "pay", string effects = "destructive") => $$"""
        capability: {{name}}
        title: Pay
        description: Pay an amount.
        connection: billing
        effects: {{effects}}
        repeat_after: 0s
        input:
          type: object
          required: [to, amount]
          properties:
            to: { type: string, maxLength: 40 }
            amount: { {{amount}} }
            pin: { type: string, x-sensitive: true }
        request: { method: POST, path: "/v1/payments/{to}" }
        {{more}}
        policy:
        {{rules}}
        approval:
          approvers: [support]
          modify: [amount]
          summary: "Pay {amount} to {to}"

        """;

    public Task<ActionOutcome> PayAsync(double amount, string to = "ann", string? pin = null) =>
        Host.CallAsync(Agent, "pay", pin is null ? new { to = $"{to}{made++}", amount } : new { to = $"{to}{made++}", amount, pin });

    /// <summary>A folder that holds a candidate.</summary>
    public string Candidate(string manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Host.Folder, "candidate")).FullName;
        File.WriteAllText(Path.Combine(folder, "pay.yaml"), manifest);
        return folder;
    }

    public async Task<SimulationReport> SimulateAsync(string manifest, TimeSpan? since = null) =>
        (await Host.Services.GetRequiredService<IPolicySimulation>().SimulateAsync(new(Candidate(manifest), null, since ?? TimeSpan.FromDays(30)), default)).TryGet(out var report, out var refusal)
            ? report
            : throw new InvalidOperationException(refusal.ToString());

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await upstream.DisposeAsync();
    }
}

using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>
/// A process of its own on the store of a test: the real library with the real stores, which does one thing and is killed at one point of it. What the test runner loads is the
/// same assembly; this is its entry point.
/// </summary>
internal static class CrashHost
{
    private static string? claimed;

    /// <summary>Runs <c>FOLDER UPSTREAM POINT VERB KEY APPROVAL MINUTES PATH TERMS</c>.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var folder, var upstream, var point, var verb, var key, var id, var minutes, var path, var terms])
        {
            return 2;
        }

        CrashPoint.Wanted = point;
        CommitWatch.Start();
        await using var host = await TouchstageHost.StartAsync(upstream, CrashPointTests.Manifest(terms, path), folder, services => Watch(services, verb));
        host.Time.Advance(TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)));
        CrashPoint.Enter(verb);
        switch (verb)
        {
            case "approve" or "reject":
                (await host.VoteAsync(key, id, verb is "approve" ? VoteDecision.Approve : VoteDecision.Reject)).Take();
                break;
            case "modify":
                (await host.ModifyAsync(key, id, """{"amount":20}""")).Take();
                break;
            case "withdraw":
                (await host.WithdrawAsync(key, id)).Take();
                break;
            case "resolve":
                (await host.Services.GetRequiredService<IResolutions>().ResolveAsync(await host.CallerAsync(key), new(id, true, "The bank says so.", DecisionChannel.Cli), default)).Take();
                break;
            case "rotate":
                var keys = host.Services.GetRequiredService<ITenantKeyAdministration>();
                await keys.RotateRingAsync(default);
                await keys.RotateDataAsync(default);
                break;
            case "revoke":
                await host.RevokeAsync(key);
                break;
        }

        CrashPoint.Enter("run");
        await host.DoDueWorkAsync();
        return 0;
    }

    private static void Watch(IServiceCollection services, string verb)
    {
        // Otherwise the commits of everything that signs would bear its name.
        if (verb is "rotate")
        {
            Watched<ISigningKeyStore>.Around(services, (method, _) => method.Name);
        }

        Watched<IApprovalStore>.Around(services, (method, _) => method.Name);
        Watched<ISessionStore>.Around(services, (method, _) => $"Session.{method.Name}");
        Watched<ISecretStore>.Around(services, (method, _) => $"Secret.{method.Name}");
        Watched<IIdSource>.Around(services, (_, arguments) => $"Id.{arguments[0]}");
        Watched<IStepJournal>.Around(services, (method, arguments) => arguments switch
        {
            [_, StepIntent intent, _] => Admitting(intent),
            [_, StepSettlement settlement, _] => settlement.StepId == claimed ? "Settle" : settlement.Status is StepStatus.Unknown ? "Abandon" : "SettleOther",
            _ => method.Name,
        });
        services.AddSingleton<IHostResolver>(new Resolver());
    }

    private static string Admitting(StepIntent intent)
    {
        claimed = intent.Claim is null ? claimed : intent.StepId;
        return intent.Claim is null ? "AdmitFact" : "Admit";
    }

    private sealed class Resolver : IHostResolver
    {
        public Task<System.Net.IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
        {
            CrashPoint.Call("Resolve");
            return Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]);
        }
    }
}

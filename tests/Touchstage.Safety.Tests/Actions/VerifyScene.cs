using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Steps;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Actions;

/// <summary>Refunds of unknown outcome.</summary>
internal static class VerifyScene
{
    // A step's deadline is its time-out and ten seconds, and the first look comes ten seconds later.
    public static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);

    public static async Task LookAsync(TouchstageHost host)
    {
        host.Time.Advance(FirstLook);
        await host.DoDueWorkAsync();
    }

    /// <summary>A refund that policy allows, sent once, whose outcome is unknown.</summary>
    public static async Task<string> UnknownAsync(TouchstageHost host, string agent, int amount = 20)
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount });
        outcome.Status.ShouldBe(ActionStatus.Unknown, outcome.Reason);
        return outcome.StepId!;
    }

    public static Dictionary<string, string> Manifest(params (string Old, string New)[] edits)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Capabilities, "billing", "refund_user.yaml"));
        foreach (var (old, changed) in edits)
        {
            text.ShouldContain(old);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        return new(StringComparer.Ordinal) { ["billing/refund_user.yaml"] = text };
    }

    public static async Task<StepRecord> StepAsync(TouchstageHost host, string stepId) =>
        (await host.Services.GetRequiredService<IStepJournal>().FindAsync(TouchstageHost.TenantOf("acme"), stepId, default)).ShouldNotBeNull();
}

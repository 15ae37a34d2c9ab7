using Touchstage.Safety.Actions;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests.Faults;

/// <summary>What the attacks have in common: the calls they make and the requests that must not be made.</summary>
internal static class Scene
{
    /// <summary>Requests that change something.</summary>
    public static int Writes(this FakeUpstream upstream) => upstream.Exchanges.Count(exchange => exchange.Method != "GET");

    /// <summary>An action that the policy allows five times an hour, without a fact.</summary>
    public static Task<ActionOutcome> InviteAsync(this TouchstageHost host, string agent, string email, string role = "viewer") =>
        host.CallAsync(agent, "invite_member", new { email, role });

    /// <summary>The id of a refund that waits for a person.</summary>
    public static async Task<string> HeldRefundAsync(this TouchstageHost host, string agent, double amount = 120, string payment = "pay_1")
    {
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = payment, amount });
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        return outcome.Approval!.Id;
    }

    /// <summary>Lets the server look for what became of its lost requests.</summary>
    public static Task LookAsync(this TouchstageHost host)
    {
        host.Time.Advance(TimeSpan.FromMinutes(1));
        return host.DoDueWorkAsync();
    }

    /// <summary>How a step stands in the store.</summary>
    public static async Task<string> StatusAsync(this TouchstageHost host, string stepId)
    {
        foreach (var status in (string[])["Unknown", "Completed", "Failed"])
        {
            if (await host.NumberAsync($"SELECT count(*) FROM steps WHERE Id = '{stepId}' AND Status = '{status}'") == 1)
            {
                return status;
            }
        }

        return "InFlight";
    }

    /// <summary>The outcome, or null where the No is an exception.</summary>
    public static async Task<ActionOutcome?> OrExceptionAsync(this Task<ActionOutcome> call)
    {
        try
        {
            return await call;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>A script that answers facts, refunds and the rest plausibly.</summary>
    public static Task AnswerAsync(FakeExchange exchange) => exchange.ReplyAsync(200, "application/json", (exchange.Method, exchange.Target) switch
    {
        ("GET", var path) when path.EndsWith("/customer", StringComparison.Ordinal) => """{"email_verified":true}""",
        ("GET", var path) when path.StartsWith("/v1/projects/", StringComparison.Ordinal) => """{"name":"Old campaign"}""",
        ("POST", var path) when path.EndsWith("/refunds", StringComparison.Ordinal) => """{"refund_id":"ref_1","status":"succeeded"}""",
        _ => "{}",
    });
}

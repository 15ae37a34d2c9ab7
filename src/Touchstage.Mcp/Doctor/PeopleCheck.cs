using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Doctor;

/// <summary>What waits for people: approvals that end soon, and steps that may or may not have happened.</summary>
internal sealed class PeopleCheck : ICheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var tenant in await patient.Services.GetRequiredService<ITenantAdministration>().ListAsync(cancellation))
        {
            var found = await patient.Services.GetRequiredService<IOversight>().OfAsync(tenant.Id, Soon, cancellation);
            findings.AddRange(Tell($"approvals of {tenant.Id}", found));
        }

        return findings;
    }

    private static IEnumerable<Finding> Tell(string about, TenantOversight found)
    {
        if (found is { ExpiringSoon: 0, Unknown: 0 })
        {
            yield return Finding.Fine(about, found.Pending == 0 ? "None waits." : $"{found.Pending} wait; none ends within the hour.");
        }

        if (found.ExpiringSoon > 0)
        {
            yield return Finding.Warning(about, $"{found.ExpiringSoon} of {found.Pending} that wait end within the hour.", "touchstage approvals list, under an approver's key");
        }

        if (found.Unknown > 0)
        {
            var named = string.Join(", ", found.UnknownSteps.Select(step => $"{step.Id} ({step.Capability}{(step.ApprovalId is null ? "" : $", {step.ApprovalId}")})"));
            yield return Finding.Warning(
                about,
                $"{found.Unknown} step(s) may or may not have happened: {named}{(found.Unknown > found.UnknownSteps.Length ? ", …" : "")}",
                "Look at the API whether it happened, then say so: touchstage approvals resolve ID --succeeded or --failed, with --reason TEXT.");
        }
    }
}

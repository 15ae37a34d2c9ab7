using System.Globalization;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Webhooks;

namespace Touchstage.Mcp.Doctor;

/// <summary>What tenants' webhooks have not taken.</summary>
internal sealed class WebhooksCheck : ICheck
{
    private const int MaxShown = 5;

    // By then a receiver has been down for half an hour.
    private const int ManyTries = 3;

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var tenant in await patient.Services.GetRequiredService<ITenantAdministration>().ListAsync(cancellation))
        {
            var found = await patient.Services.GetRequiredService<IWebhooks>().ListAsync(tenant.Id, 1_000, cancellation);
            findings.AddRange(Tell(tenant, found));
        }

        return findings;
    }

    private static IEnumerable<Finding> Tell(TenantDescription tenant, DeliveryList found)
    {
        var about = $"webhooks of {tenant.Id}";
        var struggling = found.Items.Where(delivery => delivery.State == DeliveryState.Pending && delivery.Tries >= ManyTries).ToArray();
        if (found.Dead == 0 && struggling.Length == 0)
        {
            return tenant.Webhooks.Count == 0 && found.Pending == 0 ? [] : [Finding.Fine(about, found.Pending == 0 ? "Everything was delivered." : $"{found.Pending} are on their way.")];
        }

        return
        [
            .. found.Dead == 0 ? Array.Empty<Finding>() :
            [
                Finding.Warning(
                    about,
                    $"{found.Dead} could not be delivered: {List(found.Items.Where(delivery => delivery.State == DeliveryState.Dead))}",
                    Advice(tenant.Id)),
            ],
            .. struggling.Length == 0 ? Array.Empty<Finding>() :
            [
                Finding.Warning(about, $"{struggling.Length} have failed {ManyTries} times or more and are tried again: {List(struggling)}", $"touchstage webhooks list {tenant.Id}"),
            ],
        ];
    }

    private static string Advice(TenantId tenant) => string.Create(
        CultureInfo.InvariantCulture, $"Mend the receiver, then: touchstage webhooks retry {tenant} --all-dead. To give them up: touchstage webhooks drop {tenant} --all-dead.");

    private static string List(IEnumerable<DeliveryView> deliveries)
    {
        var all = deliveries.ToArray();
        var shown = all.Take(MaxShown).Select(delivery =>
            $"{delivery.Id} to {delivery.Webhook} ({delivery.Event} of {delivery.ApprovalId}, since {ApprovalDocument.Time(delivery.CreatedAt)}): {delivery.LastError ?? "no try has ended"}");
        return string.Join("; ", all.Length > MaxShown ? shown.Append("…") : shown);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Webhooks;

/// <summary>Sends one delivery once, under the manifest and the secret that are in force now. What the receiver says is not read beyond its status.</summary>
internal sealed class WebhookSender(ITenantStore tenants, WebhookVault vault, EgressClient egress, InboxAddress inbox, TimeProvider time)
{
    /// <summary>How long a try may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int MaxAnswerBytes = 65_536;

    /// <summary>Sends it, and says what came of it; null if it was cancelled before a byte left.</summary>
    public async Task<DeliveryResult?> SendAsync(Delivery delivery, CancellationToken cancellation)
    {
        if ((await tenants.FindAsync(delivery.Tenant, cancellation))?.Webhooks.GetValueOrDefault(delivery.Webhook) is not { } webhook)
        {
            return DeliveryResult.GiveUp("The tenant's manifest has no webhook of that name any more.");
        }

        if (!(await vault.OpenAsync(delivery.Tenant, webhook, cancellation)).TryGet(out var secret, out var refusal))
        {
            return DeliveryResult.TryAgain($"{refusal.Reason} ({refusal.Code})");
        }

        var reply = await egress.SendAsync(Request(delivery, webhook, secret), cancellation);
        return reply.Answer is { } answer ? Tell(answer.Status)
            : reply.Failure is { Fault: EgressFault.Cancelled } ? null
            : DeliveryResult.TryAgain(Tell(reply.Failure?.Fault ?? EgressFault.Cut));
    }

    private EgressRequest Request(Delivery delivery, Webhook webhook, WebhookSecret secret)
    {
        var message = WebhookPayload.WithInbox(delivery.Payload.Span, inbox.Of);
        var isChat = webhook.Format == Webhook.Slack;
        byte[] body = isChat ? SlackMessage.Of(message) : message;
        return new()
        {
            Method = "POST",
            Uri = isChat ? secret.Reveal() : Target(webhook),
            Headers = [new("content-type", "application/json"), new("user-agent", "touchstage"), .. isChat ? [] : Signed(delivery.Id, secret, body)],
            Body = [.. body],
            BaseUrl = webhook.BaseUrl,
            IsPrivateNetwork = webhook.IsPrivateNetwork,
            Timeout = Timeout,
            MaxBytes = MaxAnswerBytes,
        };
    }

    // Invariant: the signature covers the very bytes that are sent.
    private ImmutableArray<HeaderField> Signed(string id, WebhookSecret secret, ReadOnlySpan<byte> body)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        return
        [
            new("webhook-id", id),
            new("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture)),
            new("webhook-signature", WebhookSignature.Of(secret.RevealKey(), id, seconds, body)),
        ];
    }

    private static string Target(Webhook webhook) => new Uri(webhook.Url).AbsolutePath == "/" ? webhook.BaseUrl + "/" : webhook.Url;

    // 410 is how a receiver says that it wants no more, by the specification.
    private static DeliveryResult Tell(int status) => status switch
    {
        >= 200 and <= 299 => DeliveryResult.Delivered,
        410 => DeliveryResult.GiveUp("The receiver answered 410: it wants no more."),
        _ => DeliveryResult.TryAgain(string.Create(CultureInfo.InvariantCulture, $"The receiver answered with HTTP status {status}.")),
    };

    private static string Tell(EgressFault fault) => fault switch
    {
        EgressFault.OutsideBaseUrl => "The address is not under the manifest's url, or not https where it must be.",
        EgressFault.NameNotResolved => "The receiver's host has no address.",
        EgressFault.AddressRefused => "The receiver's address is not open to it. A private network needs `network: private` and the operator's --allow-network.",
        EgressFault.TlsFailed => "The TLS handshake or the certificate failed.",
        EgressFault.TimedOut => "The receiver did not answer in time.",
        EgressFault.TooLarge => "The receiver answered with more than a delivery's answer may have.",
        EgressFault.Cut => "The connection ended before an answer, or the answer is not HTTP.",
        EgressFault.InvalidRequest => "The request could not be put on the wire.",
        _ => "The receiver took no connection.",
    };
}

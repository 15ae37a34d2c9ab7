using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>What a webhook needs to be used: a key to sign with, or an address that only its owner knows. Prints as <c>***</c>.</summary>
internal sealed class WebhookSecret
{
    /// <summary>What a signing key begins with, by https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.</summary>
    public const string KeyPrefix = "whsec_";

    // The specification's own bounds, in bytes.
    private const int MinKey = 24;
    private const int MaxKey = 64;

    private readonly string value;
    private readonly ImmutableArray<byte> key;

    private WebhookSecret(string value, ImmutableArray<byte> key) => (this.value, this.key) = (value, key);

    /// <summary>Reads the secret that goes with this webhook.</summary>
    public static bool TryRead(Webhook webhook, string given, [NotNullWhen(true)] out WebhookSecret? secret, [NotNullWhen(false)] out string? problem)
    {
        secret = null;
        if (!Secret.TryRead(SecretForm.Text, Encoding.UTF8.GetBytes(given), out var read, out problem))
        {
            return false;
        }

        using var owned = read;
        var text = owned.RevealText();
        if (webhook.Format == Webhook.Slack)
        {
            // Invariant: whoever sets the secret cannot send elsewhere than where the manifest says.
            problem = BaseUrlPin.TryPin(webhook.BaseUrl, webhook.IsPrivateNetwork, text, out _) && text.Length > webhook.BaseUrl.Length + 1
                ? null
                : $"The secret of webhook {webhook.Name} is its whole address, and that must lie under {webhook.Url}.";
            secret = problem is null ? new(text, []) : null;
            return secret is not null;
        }

        problem = TryKey(text, out var bytes) ? null : $"A signing key is {KeyPrefix} and {MinKey} to {MaxKey} random bytes in base64, such as: echo {KeyPrefix}$(openssl rand -base64 32)";
        secret = problem is null ? new(text, bytes) : null;
        return secret is not null;
    }

    /// <summary>Where a webhook's secret is sealed for. Invariant: another room than connections' secrets, so neither opens as the other.</summary>
    public static SealedPlace PlaceOf(string webhook) => new("webhook", webhook, webhook);

    /// <summary>The key to sign with; empty where the address is the secret.</summary>
    public ReadOnlySpan<byte> RevealKey() => key.AsSpan();

    /// <summary>The secret as it was given.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static bool TryKey(string text, out ImmutableArray<byte> key)
    {
        key = [];
        if (!text.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        // Padding is often lost in copying, and says nothing.
        var base64 = text[KeyPrefix.Length..].TrimEnd('=');
        var buffer = new byte[MaxKey + 3];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), buffer, out var length) || length is < MinKey or > MaxKey)
        {
            return false;
        }

        key = [.. buffer.AsSpan(0, length)];
        return true;
    }
}

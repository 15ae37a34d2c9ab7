using System.Text;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>What a secret is for: where it is sealed, and what it must look like.</summary>
/// <param name="Place">Where it is sealed for.</param>
/// <param name="Form">Its form.</param>
/// <param name="More">What else is wrong with it, or null: a webhook's must fit its manifest.</param>
internal sealed record SecretUse(SealedPlace Place, SecretForm Form, Func<string, string?>? More)
{
    public static SecretUse Of(Connection connection) => new(Secret.PlaceOf(connection.Name, connection.Auth), SecretForm.Of(connection.Auth), null);

    public static SecretUse Of(Webhook webhook) =>
        new(WebhookSecret.PlaceOf(webhook.Name), SecretForm.Text, given => WebhookSecret.TryRead(webhook, given, out _, out var problem) ? null : problem);

    /// <summary>What is wrong with what was given, beyond its form.</summary>
    public string? Problem(ReadOnlySpan<byte> given) => More?.Invoke(Encoding.UTF8.GetString(given));
}

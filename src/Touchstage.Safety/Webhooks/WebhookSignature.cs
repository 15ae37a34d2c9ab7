using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Touchstage.Safety.Webhooks;

/// <summary>Signs a message, by https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (symmetric, version 1).</summary>
internal static class WebhookSignature
{
    /// <summary><c>v1,</c> and the base64 of HMAC-SHA256 over <c>ID.SECONDS.BODY</c>.</summary>
    public static string Of(ReadOnlySpan<byte> key, string id, long seconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}

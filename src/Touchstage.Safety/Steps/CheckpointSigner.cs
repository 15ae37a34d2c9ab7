using System.Buffers.Text;
using System.Security.Cryptography;
using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Steps;

/// <summary>Signs ledger checkpoints with the newest signing key: <c>KID.SIGNATURE</c>, ES256 over a text that no token can be.</summary>
internal sealed class CheckpointSigner(SigningKeys keys) : ICheckpointSigner
{
    // Invariant: what is signed here begins with a line that no JWS signing input begins with, so a checkpoint's signature is good for nothing else.
    private static readonly byte[] Prefix = "touchstage.checkpoint.v1\n"u8.ToArray();

    /// <inheritdoc/>
    public async ValueTask<string> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        byte[] signed = [.. Prefix, .. bytes.Span];
        return await keys.SignAsync((keyId, key) => $"{keyId}.{Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256))}", cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> VerifyAsync(ReadOnlyMemory<byte> bytes, string signature, CancellationToken cancellation)
    {
        byte[] signed = [.. Prefix, .. bytes.Span];
        return signature.Split('.') is [var keyId, var text]
            && Base64Url.IsValid(text)
            && await keys.VerifyAsync(keyId, key => key.VerifyData(signed, Base64Url.DecodeFromChars(text), HashAlgorithmName.SHA256), cancellation);
    }
}

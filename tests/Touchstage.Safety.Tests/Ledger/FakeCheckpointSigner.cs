using System.Security.Cryptography;
using Touchstage.Safety.Ledger;

namespace Touchstage.Safety.Tests.Ledger;

/// <summary>A keyed hash instead of a signature; enough to tell one's own checkpoint from another.</summary>
internal sealed class FakeCheckpointSigner : ICheckpointSigner
{
    private static readonly byte[] Key = "the server's own"u8.ToArray();

    public ValueTask<string> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => new(Sign(bytes));

    public ValueTask<bool> VerifyAsync(ReadOnlyMemory<byte> bytes, string signature, CancellationToken cancellation) => new(Sign(bytes) == signature);

    private static string Sign(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, bytes.Span));
}

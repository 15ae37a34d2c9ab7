namespace Touchstage.Safety.Ledger;

/// <summary>Signs checkpoints with a key that only this server has.</summary>
internal interface ICheckpointSigner
{
    /// <summary>Signs the bytes of a checkpoint; the signature names its key.</summary>
    ValueTask<string> SignAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Whether the signature is this server's, over exactly these bytes.</summary>
    ValueTask<bool> VerifyAsync(ReadOnlyMemory<byte> bytes, string signature, CancellationToken cancellation);
}

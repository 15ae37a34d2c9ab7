namespace Touchstage.Safety.Storage;

/// <summary>One ledger entry: the exact bytes, and columns to find it by.</summary>
internal sealed class LedgerRow
{
    public required string Tenant { get; init; }

    public required long Number { get; init; }

    public required long At { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required byte[] Bytes { get; init; }

    public required string Hash { get; init; }

    public byte[]? Box { get; init; }
}

namespace Touchstage.Safety.Storage;

/// <summary>The sealed secret of one connection.</summary>
internal sealed class SecretRow
{
    public required string Tenant { get; init; }

    public required string Connection { get; init; }

    public required byte[] Box { get; set; }

    public required long SetAt { get; set; }
}

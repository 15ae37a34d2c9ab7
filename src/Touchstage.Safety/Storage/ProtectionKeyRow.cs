namespace Touchstage.Safety.Storage;

/// <summary>One element of the Data Protection key ring, where the ring is kept in the store: XML as the library writes it, wrapped by a certificate.</summary>
internal sealed class ProtectionKeyRow
{
    public required string Name { get; init; }

    public required string Xml { get; init; }

    public required long CreatedAt { get; init; }
}

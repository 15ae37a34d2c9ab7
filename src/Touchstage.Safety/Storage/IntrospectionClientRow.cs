namespace Touchstage.Safety.Storage;

/// <summary>The credential with which the API of one connection asks about its step tokens.</summary>
internal sealed class IntrospectionClientRow
{
    public required string ClientId { get; init; }

    public required string Tenant { get; init; }

    public required string Connection { get; init; }

    public required byte[] SecretHash { get; init; }

    public required long CreatedAt { get; init; }

    public long? RevokedAt { get; set; }
}

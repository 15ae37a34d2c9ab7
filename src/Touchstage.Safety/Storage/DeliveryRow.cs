namespace Touchstage.Safety.Storage;

/// <summary>One event on its way to one webhook of a tenant. Its content was fixed when the event happened.</summary>
internal sealed class DeliveryRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string Webhook { get; init; }

    public required string Event { get; init; }

    public required string ApprovalId { get; init; }

    public required byte[] Payload { get; init; }

    public required string State { get; set; }

    public required long CreatedAt { get; init; }

    public long? DueAt { get; set; }

    public int Tries { get; set; }

    public string? LastError { get; set; }

    public long? SettledAt { get; set; }
}

namespace Storefront.Api.Data;

/// <summary>Money given back on a payment; amounts are whole cents.</summary>
internal sealed class Refund : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string PaymentId { get; init; }

    public long AmountCents { get; init; }

    public required string Currency { get; init; }

    public string? Reason { get; init; }

    public string? IdempotencyKey { get; init; }
}

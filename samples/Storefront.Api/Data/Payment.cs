namespace Storefront.Api.Data;

/// <summary>A captured payment; amounts are whole cents.</summary>
internal sealed class Payment : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public long AmountCents { get; init; }

    public long RefundedCents { get; set; }

    public required string Currency { get; init; }

    public string Status => RefundedCents == 0 ? "captured" : RefundedCents < AmountCents ? "partially_refunded" : "refunded";
}

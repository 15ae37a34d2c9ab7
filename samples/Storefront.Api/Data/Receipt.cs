namespace Storefront.Api.Data;

/// <summary>A receipt that was sent.</summary>
internal sealed class Receipt : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string PaymentId { get; init; }

    public required string SentTo { get; init; }
}

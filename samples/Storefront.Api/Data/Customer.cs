namespace Storefront.Api.Data;

/// <summary>A person or company that pays.</summary>
internal sealed class Customer : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public bool EmailVerified { get; set; }
}

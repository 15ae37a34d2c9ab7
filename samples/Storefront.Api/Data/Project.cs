namespace Storefront.Api.Data;

/// <summary>A project of the account; a deleted one stays as a row, so that its id is never given again.</summary>
internal sealed class Project : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public bool Deleted { get; set; }
}

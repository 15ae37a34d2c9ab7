namespace Storefront.Api.Data;

/// <summary>An invitation to join the account's team.</summary>
internal sealed class Invite : IOwned
{
    public required string Account { get; init; }

    public required string Id { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }
}

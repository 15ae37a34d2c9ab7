namespace Storefront.Api.Data;

/// <summary>A row of one account; its id is unique within the account only.</summary>
internal interface IOwned
{
    string Account { get; }

    string Id { get; }
}

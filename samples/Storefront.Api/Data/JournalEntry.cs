namespace Storefront.Api.Data;

/// <summary>One request that had an effect, was answered or was refused. Bears no token and no key.</summary>
internal sealed class JournalEntry
{
    public long Number { get; init; }

    public string? Account { get; init; }

    public string? Credential { get; init; }

    public required string Time { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    public required string Body { get; init; }

    public string? Scope { get; init; }

    public string? Txn { get; init; }

    public string? Jti { get; init; }

    public string? Sub { get; init; }

    public int Status { get; init; }

    public required string Effect { get; init; }
}

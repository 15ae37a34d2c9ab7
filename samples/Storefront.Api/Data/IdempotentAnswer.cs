namespace Storefront.Api.Data;

/// <summary>The answer that a request with an idempotency key got, for when the same request comes again.</summary>
internal sealed class IdempotentAnswer
{
    public required string Account { get; init; }

    public required string Key { get; init; }

    /// <summary>A digest of scope, path and body: another request with the same key is a conflict.</summary>
    public required string Request { get; init; }

    public int Status { get; init; }

    public required string Json { get; init; }
}

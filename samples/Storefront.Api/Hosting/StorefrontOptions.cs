using Storefront.Api.Accounts;
using Touchstage.StepTokens;

namespace Storefront.Api.Hosting;

/// <summary>What the storefront is told when it starts.</summary>
public sealed class StorefrontOptions
{
    /// <summary>Where to listen: <c>http://ADDRESS:PORT</c>; port 0 takes a free one.</summary>
    public required Uri Url { get; init; }

    /// <summary>The SQLite file.</summary>
    public required string DataFile { get; init; }

    /// <summary>The issuer of the step tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where the issuer publishes its keys; null if <see cref="Keys"/> are given.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>The issuer's keys, where a test has them in hand.</summary>
    public StepTokenKeySet? Keys { get; init; }

    /// <summary>The address under which callers reach the storefront; null means the address it listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The audience of the step tokens.</summary>
    public required string Audience { get; init; }

    /// <summary>The accounts.</summary>
    public required IReadOnlyList<Account> Accounts { get; init; }

    /// <summary>The key under which the owner reads the journal; without it there is no such route.</summary>
    public string? OwnerKey { get; init; }
}

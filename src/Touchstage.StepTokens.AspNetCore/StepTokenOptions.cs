using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>What an API owner says about the tokens that the API accepts. Checked when the host starts; every error is told at once.</summary>
public sealed class StepTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>The issuer of the tokens, character for character. Required.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>This API's audience, character for character. Required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// The address under which callers reach this API, such as <c>https://api.example</c>: what stands before the raw request target
    /// in the <c>htu</c> claim. Required; <c>Host</c> and <c>X-Forwarded-*</c> are never believed. A trailing slash is ignored.
    /// </summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>Where the issuer publishes its keys: https, or http on a loopback address. Exactly one of this and <see cref="Keys"/>.</summary>
    public Uri? JwksUri { get; set; }

    /// <summary>The issuer's keys, where they are known beforehand. Exactly one of this and <see cref="JwksUri"/>.</summary>
    public StepTokenKeySet? Keys { get; set; }

    /// <summary>
    /// Whether the token may come as <c>Authorization: Bearer</c> with its own <c>typ</c>, where there is no <c>Txn-Token</c> header. Default: false.
    /// </summary>
    public bool AcceptBearer { get; set; }

    /// <summary>
    /// Finds the tenant whose account a request reaches, from what the API knows by itself (an API key, the path), never from the token.
    /// Null means that no account was found. It must equal the token's tenant. Required.
    /// </summary>
    public Func<HttpRequest, ValueTask<string?>>? TenantOf { get; set; }

    /// <summary>The longest content that is read to check its digest, in bytes: 0 to 64 MiB. Default: 1 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How many tokens the in-memory replay store remembers before it refuses: 1 to 10,000,000. Default: 100,000.</summary>
    public int ReplayCapacity { get; set; } = 100_000;

    /// <summary>The request headers that a token must cover where they are present. Default: <see cref="StepTokenExpectations.DefaultCoveredHeaders"/>.</summary>
    public IReadOnlyCollection<string> CoveredHeaders { get; set; } = StepTokenExpectations.DefaultCoveredHeaders;
}

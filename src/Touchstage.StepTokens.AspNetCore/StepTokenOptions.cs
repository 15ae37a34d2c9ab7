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

    /// <summary>
    /// The query parameter that carries the tenant's key, such as <c>api_key</c>, where the key comes in the query. The sender adds it last, and the token does not cover
    /// it: exactly this parameter is taken off the end before the <c>htu</c> claim is compared. A request in which it is missing, not last, given twice or has anything but
    /// unreserved and percent-encoded characters as its value is refused. Default: null, the token covers the whole query.
    /// </summary>
    public string? CredentialParameter { get; set; }

    /// <summary>How many used tokens the kit's replay store remembers before it refuses: 1 to 10,000,000. They are forgotten when they have expired. Default: 100,000.</summary>
    public int ReplayCapacity { get; set; } = 100_000;

    /// <summary>
    /// The file in which used tokens are remembered over a restart: an absolute path in a folder that exists. Each process needs one of its own; a second process on the
    /// same file does not start. Each use is on the disk before the endpoint runs, and a file that cannot be written refuses every token. The file is made when it is
    /// missing; a damaged one keeps the API from starting. Default: null, they are remembered in memory.
    /// </summary>
    public string? ReplayFile { get; set; }

    /// <summary>
    /// Whether a new memory, or a new file, takes tokens that may have been issued before it began. Nobody knows whether those were used, so an API that restarts with its
    /// memory empty could execute one twice; without this they are refused, which is every token for the first five to ten seconds. Set it where nothing was ever accepted before, such as
    /// for an API that is new. A file that is there already knows when it began. Default: false.
    /// </summary>
    public bool AcceptTokensFromBeforeStart { get; set; }

    /// <summary>The request headers that a token must cover where they are present. Default: <see cref="StepTokenExpectations.DefaultCoveredHeaders"/>.</summary>
    public IReadOnlyCollection<string> CoveredHeaders { get; set; } = StepTokenExpectations.DefaultCoveredHeaders;
}

namespace Touchstage.Mcp.Demo;

/// <summary>One request as the product itself wrote it down.</summary>
/// <param name="Number">Its place in the product's journal.</param>
/// <param name="Account">The account that it reached, or null.</param>
/// <param name="Credential">What reached it: <c>api key</c>, <c>access token</c> or <c>step token</c>; or null.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Scope">What its step token was good for, or null.</param>
/// <param name="Txn">The step, or null.</param>
/// <param name="Status">The HTTP status that it was answered with.</param>
/// <param name="Effect">What it did, in the product's words.</param>
internal sealed record ReceivedRequest(long Number, string? Account, string? Credential, string Method, string Target, string? Scope, string? Txn, int Status, string Effect)
{
    /// <summary>Whether the product did something, rather than answer a question or refuse.</summary>
    public bool IsChange => Status < 400 && Method != "GET";

    /// <summary>The path without what stands before the product's own <c>/v1</c>.</summary>
    public string Route => Target[Math.Max(0, Target.IndexOf("/v1", StringComparison.Ordinal))..];
}

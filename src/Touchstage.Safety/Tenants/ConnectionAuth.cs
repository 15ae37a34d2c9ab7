using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>How a connection authenticates. What is secret about it is not here but in the vault.</summary>
/// <param name="Type"><c>step_token</c>, <c>bearer</c> or <c>api_key</c>.</param>
/// <param name="Parameters">What the type needs beside the secret, such as <c>header</c> for an API key.</param>
internal sealed record ConnectionAuth(string Type, ImmutableSortedDictionary<string, string> Parameters)
{
    /// <summary>The step token is all the API needs.</summary>
    public const string StepToken = "step_token";

    /// <summary>A secret sent as <c>Authorization: Bearer</c> (RFC 6750).</summary>
    public const string Bearer = "bearer";

    /// <summary>A secret sent in a header of its own.</summary>
    public const string ApiKey = "api_key";

    /// <summary>Whether the vault must hold a secret for it.</summary>
    public bool NeedsSecret => Type != StepToken;
}

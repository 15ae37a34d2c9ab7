namespace Touchstage.Mcp.Introspection;

/// <summary>What came to <c>/introspect</c>. Prints as <c>***</c>: all of it but the id is secret.</summary>
internal sealed class IntrospectionRequest(string clientId, string clientSecret, string token)
{
    public string ClientId { get; } = clientId;

    public string ClientSecret { get; } = clientSecret;

    public string Token { get; } = token;

    /// <inheritdoc/>
    public override string ToString() => "***";
}

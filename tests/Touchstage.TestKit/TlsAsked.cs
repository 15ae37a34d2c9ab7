namespace Touchstage.TestKit;

/// <summary>One request to a <see cref="TlsUpstream"/>.</summary>
/// <param name="Connection">The TLS connection's id.</param>
/// <param name="Certificate">The SHA-1 thumbprint of the client's certificate, or null.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
public sealed record TlsAsked(string Connection, string? Certificate, string Method, string Target);

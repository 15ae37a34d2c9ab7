namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>What an issuer answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, 1 MiB at most.</param>
internal sealed record IssuerDocument(int Status, ReadOnlyMemory<byte> Body);

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>A connection's access as it is kept: sealed, and of no use without the tenant's key.</summary>
/// <param name="Fingerprint">Digest of how the connection authenticated when it was kept.</param>
/// <param name="AccessBox">The access token, sealed; null for none.</param>
/// <param name="ExpiresAt">When the access token stops being good.</param>
/// <param name="RefreshBox">The refresh token, sealed; null for none.</param>
/// <param name="Version">Grows with every token that was kept and every attempt that failed.</param>
/// <param name="Failure">Why the last attempt gave nothing; null after one that did.</param>
internal sealed record KeptAccess(string Fingerprint, ReadOnlyMemory<byte>? AccessBox, DateTimeOffset ExpiresAt, ReadOnlyMemory<byte>? RefreshBox, long Version, string? Failure);

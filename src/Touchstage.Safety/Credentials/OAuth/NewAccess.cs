namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>An access that is to be kept.</summary>
/// <param name="Fingerprint">Digest of how the connection authenticates.</param>
/// <param name="AccessBox">The access token, sealed.</param>
/// <param name="ExpiresAt">When the access token stops being good.</param>
/// <param name="RefreshBox">A new refresh token, sealed; null keeps the one that is there.</param>
internal sealed record NewAccess(string Fingerprint, ReadOnlyMemory<byte> AccessBox, DateTimeOffset ExpiresAt, ReadOnlyMemory<byte>? RefreshBox);

namespace Touchstage.Acceptance.Tests.Fuzz;

/// <summary>Bytes for the port.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="IsWhole">Whether the server must answer it; what is cut off is left at once.</param>
internal sealed record HostileRequest(byte[] Bytes, bool IsWhole);

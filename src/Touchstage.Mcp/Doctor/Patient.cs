namespace Touchstage.Mcp.Doctor;

/// <summary>What is looked at.</summary>
/// <param name="DataDirectory">The data folder's full path.</param>
/// <param name="StoreFile">The database file's full path.</param>
/// <param name="Keys">The folder of the key ring, or null if it is in the store.</param>
/// <param name="KeyCertificates">Where the certificates are that wrap the key ring.</param>
/// <param name="Services">The safety library, not started.</param>
internal sealed record Patient(string DataDirectory, string StoreFile, string? Keys, IReadOnlyList<string> KeyCertificates, IServiceProvider Services);

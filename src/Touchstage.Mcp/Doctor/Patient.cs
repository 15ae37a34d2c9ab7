namespace Touchstage.Mcp.Doctor;

/// <summary>What is looked at.</summary>
/// <param name="DataDirectory">The data folder's full path.</param>
/// <param name="StoreFile">The database file's full path.</param>
/// <param name="Services">The safety library, not started.</param>
internal sealed record Patient(string DataDirectory, string StoreFile, IServiceProvider Services)
{
    /// <summary>The folder of the keys that open what is sealed in the store.</summary>
    public string Keys => Path.Combine(DataDirectory, "keys");
}

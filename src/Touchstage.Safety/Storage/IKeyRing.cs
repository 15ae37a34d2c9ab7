namespace Touchstage.Safety.Storage;

/// <summary>The Data Protection key ring, beyond what its library asks of it.</summary>
internal interface IKeyRing
{
    /// <summary>Makes sure that the key which wrapped this is still in the ring, at its place, and not only in this process's memory.</summary>
    /// <exception cref="StoreException">The ring is not to be had.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ring has no such key.</exception>
    void Demand(ReadOnlySpan<byte> wrapped);

    /// <summary>Makes a new key, which wraps from now on.</summary>
    /// <exception cref="StoreException">The ring cannot be written.</exception>
    void CreateKey();

    /// <summary>Makes a new key if none is good for some time to come. Before a write transaction, never inside one: the ring may lie in the same store.</summary>
    /// <exception cref="StoreException">The ring cannot be read or written.</exception>
    void Prepare();
}

namespace Touchstage.Safety.Storage;

/// <summary>
/// The store cannot be used as it is. On the way to an action this means No; on the command line the message says what to do. It names files, never what is in them.
/// </summary>
public sealed class StoreException : Exception
{
    /// <summary>The database was made by a newer build.</summary>
    public const string Newer = "store_newer";

    /// <summary>Another process holds the database for too long.</summary>
    public const string Locked = "store_locked";

    /// <summary>The file or its folder cannot be written, or the disk is full.</summary>
    public const string Unwritable = "store_unwritable";

    /// <summary>The file is damaged, or is no store of this product.</summary>
    public const string Corrupt = "store_corrupt";

    /// <summary>Too many commands wait to be written.</summary>
    public const string Busy = "store_busy";

    /// <summary>The store has been closed.</summary>
    public const string Closed = "store_closed";

    /// <summary>The key ring cannot be read or written, or is not the one that the store's keys were wrapped by.</summary>
    public const string KeyRing = "key_ring_unusable";

    /// <summary>A certificate that wraps the key ring cannot be read, has expired, or is missing.</summary>
    public const string KeyCertificate = "key_certificate_unusable";

    internal StoreException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>One of the codes of this class.</summary>
    public string Code { get; }
}

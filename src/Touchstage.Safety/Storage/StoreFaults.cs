using Microsoft.Data.Sqlite;

namespace Touchstage.Safety.Storage;

/// <summary>Turns what the engine throws into what an operator can act on.</summary>
internal static class StoreFaults
{
    /// <summary>Whether the engine or its file failed, and not the command, such as by a broken constraint.</summary>
    public static bool IsOfEngine(Exception exception) => Code(exception) is 3 or 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26;

    /// <summary>The engine's fault, for an operator.</summary>
    public static StoreException Translate(Exception exception, string path) => Code(exception) switch
    {
        5 or 6 => new(StoreException.Locked, $"The store {path} is locked by another process. Stop whatever holds it open for writing and try again.", exception),
        11 or 26 => new(StoreException.Corrupt, $"The file {path} is damaged or is no Touchstage store. Restore it from a backup or name another file.", exception),
        _ => new(StoreException.Unwritable, $"The store {path} cannot be written. Check that the folder exists, may be written and has room.", exception),
    };

    // The primary result codes of https://www.sqlite.org/rescode.html.
    private static int? Code(Exception exception) => (exception as SqliteException ?? exception.InnerException as SqliteException)?.SqliteErrorCode;
}

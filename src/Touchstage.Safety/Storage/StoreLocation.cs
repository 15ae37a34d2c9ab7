using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Storage;

/// <summary>Where the store is: a SQLite file.</summary>
internal sealed record StoreLocation
{
    private const string Scheme = "sqlite:";

    private StoreLocation(string path) => Path = path;

    /// <summary>The database file's full path.</summary>
    public string Path { get; }

    /// <summary>Reads <c>sqlite:PATH</c>; a relative path is resolved against the current folder.</summary>
    /// <param name="text">What was given.</param>
    /// <returns>The location, or a refusal with code <c>invalid_store</c>.</returns>
    public static Result<StoreLocation> Parse(string? text) =>
        text is not null && text.StartsWith(Scheme, StringComparison.Ordinal) && IsFile(text[Scheme.Length..])
            ? AtPath(text[Scheme.Length..])
            : StorageRefusals.NotALocation();

    /// <summary>The store in that file.</summary>
    /// <param name="path">The file, which need not exist yet.</param>
    /// <returns>Its location.</returns>
    public static StoreLocation AtPath(string path) => new(System.IO.Path.GetFullPath(path));

    /// <inheritdoc/>
    public override string ToString() => Scheme + Path;

    // An in-memory database would lose everything that must be durable.
    private static bool IsFile(string path) => !string.IsNullOrWhiteSpace(path) && !path.StartsWith(':') && !path.Contains('\0', StringComparison.Ordinal);
}

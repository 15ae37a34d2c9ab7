using System.CommandLine;
using Touchstage.Safety;

namespace Touchstage.Mcp.CommandLine;

/// <summary>How the common options set the safety library up.</summary>
internal sealed record ServerSetup(string DataDirectory, string CapabilitiesDirectory, string? Store, string? Issuer, IReadOnlyList<string> AllowedNetworks)
{
    private const string InStore = "store";

    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";
    private const string Sqlite = "sqlite:";

    /// <summary>Reads the options, the environment and the current folder.</summary>
    /// <exception cref="UsageException">What they say cannot be followed.</exception>
    public static ServerSetup From(ParseResult parse, Terminal terminal) => new(
        Path.GetFullPath(parse.GetValue(CommonOptions.Data) ?? DefaultData(terminal), terminal.CurrentDirectory),
        Path.GetFullPath(parse.GetValue(CommonOptions.Capabilities) ?? "capabilities", terminal.CurrentDirectory),
        StoreText(parse.GetValue(CommonOptions.Store), terminal),
        parse.GetValue(CommonOptions.Issuer),
        parse.GetValue(CommonOptions.AllowNetwork) ?? [])
    {
        KeyRing = KeyRingText(parse.GetValue(CommonOptions.KeyRing) ?? terminal.Environment("TOUCHSTAGE_KEY_RING"), terminal),
        KeyCertificates = [.. (parse.GetValue(CommonOptions.KeyCertificate) ?? []).Select(reference => Reference(reference, terminal))],
        KeyCertificatePassword = parse.GetValue(CommonOptions.KeyCertificatePassword) is { } password ? Reference(password, terminal) : null,
    };

    /// <summary>Where the key ring lies: a folder's full path, <c>store</c>, or null for the data folder.</summary>
    public string? KeyRing { get; init; }

    /// <summary>The folder of the key ring, or null if it is in the store.</summary>
    public string? KeyFolder => KeyRing == InStore ? null : KeyRing ?? Path.Combine(DataDirectory, "keys");

    /// <summary>Where the certificates are that wrap it.</summary>
    public IReadOnlyList<string> KeyCertificates { get; init; } = [];

    /// <summary>Where their password is, or null.</summary>
    public string? KeyCertificatePassword { get; init; }

    /// <summary>The store's file.</summary>
    public string StoreFile => Store is { } store && store.StartsWith(Sqlite, StringComparison.Ordinal) ? Path.GetFullPath(store[Sqlite.Length..]) : Path.Combine(DataDirectory, "touchstage.db");

    public void Apply(SafetyOptions options)
    {
        options.DataDirectory = DataDirectory;
        options.CapabilitiesDirectory = CapabilitiesDirectory;
        options.Store = Store;
        options.KeyRing = KeyRing;
        options.KeyCertificatePassword = KeyCertificatePassword;
        foreach (var certificate in KeyCertificates)
        {
            options.KeyCertificates.Add(certificate);
        }

        options.Issuer = Issuer ?? options.Issuer;
        foreach (var network in AllowedNetworks)
        {
            options.AllowedNetworks.Add(network);
        }
    }

    private static string DefaultData(Terminal terminal)
    {
        if (terminal.Environment("TOUCHSTAGE_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        var here = Path.Combine(terminal.CurrentDirectory, "data");
        if (Directory.Exists(here))
        {
            return here;
        }

        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return user.Length > 0 ? Path.Combine(user, "touchstage") : throw new UsageException("This user has no data folder. Name one with --data DIR or TOUCHSTAGE_DATA.");
    }

    private static string? KeyRingText(string? given, Terminal terminal) => given is null or "" ? null : given == InStore ? InStore : Path.GetFullPath(given, terminal.CurrentDirectory);

    private static string Reference(string given, Terminal terminal) =>
        given.StartsWith(FromFile, StringComparison.Ordinal) && given.Length > FromFile.Length ? FromFile + Path.GetFullPath(given[FromFile.Length..], terminal.CurrentDirectory) : given;

    private static string? StoreText(string? given, Terminal terminal)
    {
        if (given is null)
        {
            return null;
        }

        if (given.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var name = given[FromEnvironment.Length..];
            return terminal.Environment(name) is { Length: > 0 } text ? text : throw new UsageException($"--store names the environment variable {name}, which is not set.");
        }

        if (given.StartsWith(FromFile, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(given[FromFile.Length..], terminal.CurrentDirectory);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new UsageException($"--store names the file {path}, which does not exist.");
        }

        return given;
    }
}

namespace Touchstage.Mcp.CommandLine;

/// <summary>Reads a secret from where an option says it is. Other users of the machine see command lines, so it never stands there itself.</summary>
internal static class SecretReference
{
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <exception cref="UsageException">There is nothing there, or the option holds the secret itself; the value is not repeated.</exception>
    public static string Read(string option, string given, Terminal terminal)
    {
        if (given.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var name = given[FromEnvironment.Length..];
            return terminal.Environment(name) is { Length: > 0 } text ? text : throw new UsageException($"{option} names the environment variable {name}, which is not set.");
        }

        if (given.StartsWith(FromFile, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(given[FromFile.Length..], terminal.CurrentDirectory);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new UsageException($"{option} names the file {path}, which does not exist.");
        }

        throw new UsageException($"{option} says where the secret is, and a command line is not secret: env:NAME or file:PATH.");
    }
}

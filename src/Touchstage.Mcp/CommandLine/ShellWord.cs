namespace Touchstage.Mcp.CommandLine;

/// <summary>Text as one word of a POSIX shell, for commands that people copy.</summary>
internal static class ShellWord
{
    /// <summary>As it is where no shell would change it, else in single quotes.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ':' or '@' or '+' or ',') && text[0] != '-'
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

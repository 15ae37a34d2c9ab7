using System.Text;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Terminals for verbs that are run as if from a script.</summary>
internal static class ScriptedTerminal
{
    /// <summary>A terminal in a folder.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="input">What standard input holds.</param>
    /// <param name="environment">Variables of the environment; none if null.</param>
    /// <param name="width">How wide the screen of a person who reads is; null if nobody does.</param>
    public static Terminal In(string folder, TextWriter output, TextWriter error, string input = "", Func<string, string?>? environment = null, int? width = null) => new()
    {
        Out = output,
        Error = error,
        In = new MemoryStream(Encoding.UTF8.GetBytes(input)),
        IsInputPerson = false,
        IsOutputPerson = width is not null,
        Width = width ?? int.MaxValue,
        Environment = environment ?? (_ => null),
        CurrentDirectory = folder,
    };
}

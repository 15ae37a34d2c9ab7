using System.Text;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Answers standard input, or a file, line by line, each with one line of JSON.</summary>
internal static class JsonLines
{
    // A line is a few kilobytes most often; what is longer than this was not meant for us.
    private const int MostCharacters = 16 * 1024 * 1024;

    /// <summary>An answer for every line, and the exit code 0: an error is an answer too. Nothing that a line says stops the next.</summary>
    public static async Task<int> AnswerAsync(Stream lines, Func<string, string> answer, string tooLong, Terminal terminal, CancellationToken cancellation)
    {
        using var reader = new StreamReader(lines, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                await terminal.Out.WriteLineAsync((line.Length > MostCharacters ? tooLong : answer(line)).AsMemory(), cancellation);
            }
        }

        await terminal.Out.FlushAsync(cancellation);
        return ExitCode.Done;
    }
}

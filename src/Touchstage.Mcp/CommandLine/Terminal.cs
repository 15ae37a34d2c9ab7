using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Where a verb reads and writes: the process's own streams, or a test's.</summary>
internal sealed class Terminal
{
    private const int UsualWidth = 80;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard input as bytes: a secret is never a string.</summary>
    public required Stream In { get; init; }

    /// <summary>Whether a person sits at standard input.</summary>
    public required bool IsInputPerson { get; init; }

    /// <summary>Whether a person reads standard output.</summary>
    public required bool IsOutputPerson { get; init; }

    /// <summary>Whether a person watches standard error.</summary>
    public bool IsErrorPerson { get; init; }

    /// <summary>How wide a line of the person's screen is, in characters; without limit where nobody reads: what is redirected is not cut to anybody's screen.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>Whether a person sees what is written and answers.</summary>
    public bool IsPerson => IsInputPerson && IsOutputPerson;

    public required Func<string, string?> Environment { get; init; }

    public required string CurrentDirectory { get; init; }

    public static Terminal OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.OpenStandardInput(),
        IsInputPerson = !Console.IsInputRedirected,
        IsOutputPerson = !Console.IsOutputRedirected,
        IsErrorPerson = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? int.MaxValue : ScreenWidth(),
        Environment = System.Environment.GetEnvironmentVariable,
        CurrentDirectory = Directory.GetCurrentDirectory(),
    };

    /// <summary>Says no, and why.</summary>
    public int Refuse(string reason)
    {
        Error.WriteLine(reason);
        return ExitCode.Refused;
    }

    /// <summary>Says no, and why, with the permanent code.</summary>
    public int Refuse(Refusal refusal)
    {
        // A reason may hold words of other people, and a problem the name of an argument.
        Error.WriteLine(VisibleText.Line($"{refusal.Reason} ({refusal.Code})"));
        foreach (var problem in refusal.Problems)
        {
            Error.WriteLine(VisibleText.Line($"  {problem.Path} {problem.Rule}: {problem.Message}"));
        }

        return ExitCode.Refused;
    }

    /// <summary>Says that the command line was not understood.</summary>
    public int Misused(string problem)
    {
        Error.WriteLine(problem);
        return ExitCode.Usage;
    }

    /// <summary>Writes a line, in several where the screen is too narrow for it.</summary>
    public void Tell(string line)
    {
        foreach (var part in WrappedText.Lines(line, Width))
        {
            Out.WriteLine(part);
        }
    }

    /// <summary>The same of what is wrong.</summary>
    public void Warn(string line)
    {
        foreach (var part in WrappedText.Lines(line, Width))
        {
            Error.WriteLine(part);
        }
    }

    public void WriteJson(JsonNode node) => Out.WriteLine(node.ToJsonString(Readable));

    /// <summary>Asks a person. Anything but a clear yes is a no.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellation)
    {
        return await AskAsync($"{question} [y/N]", cancellation) is "y" or "Y" or "yes";
    }

    /// <summary>Asks a person for a line; null if there is none.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        await Error.WriteAsync($"{question} ");
        await Error.FlushAsync(cancellation);
        using var reader = new StreamReader(In, leaveOpen: true);
        return (await reader.ReadLineAsync(cancellation))?.Trim();
    }

    private static int ScreenWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}

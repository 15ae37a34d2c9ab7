using System.Globalization;

namespace Touchstage.Mcp.CommandLine;

/// <summary>
/// Tells a person at the terminal that long work goes on: after two seconds one line on standard error, which is written over and taken away at the end. Nothing is written
/// where nobody watches.
/// </summary>
internal sealed class Waiting(Terminal terminal, TimeProvider time)
{
    /// <summary>How long work may take before anything is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly Lock writing = new();
    private string state = "";
    private int longest;

    /// <summary>How far the work is, in a few words that stand behind what is being done.</summary>
    public void Tell(string far) => Volatile.Write(ref state, far);

    /// <summary>Does the work.</summary>
    /// <param name="what">What is being done, such as <c>Verifying the ledger</c>.</param>
    /// <param name="work">The work.</param>
    public async Task<T> ForAsync<T>(string what, Func<Task<T>> work)
    {
        if (!terminal.IsErrorPerson)
        {
            return await work();
        }

        var began = time.GetTimestamp();
        await using var timer = time.CreateTimer(_ => Write(what, time.GetElapsedTime(began)), state: null, Patience, Beat);
        try
        {
            return await work();
        }
        finally
        {
            await timer.DisposeAsync();
            Clear();
        }
    }

    private void Write(string what, TimeSpan elapsed)
    {
        var far = Volatile.Read(ref state);
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}{(far.Length == 0 ? "" : $": {far}")} ({(int)elapsed.TotalSeconds} s)");
        lock (writing)
        {
            longest = Math.Max(longest, line.Length);
            terminal.Error.Write("\r" + line.PadRight(longest));
            terminal.Error.Flush();
        }
    }

    private void Clear()
    {
        lock (writing)
        {
            if (longest > 0)
            {
                terminal.Error.Write("\r" + new string(' ', longest) + "\r");
                terminal.Error.Flush();
                longest = 0;
            }
        }
    }
}

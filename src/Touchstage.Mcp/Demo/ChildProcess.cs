using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Touchstage.Mcp.Demo;

/// <summary>A part of the demo that runs as a process of its own. It ends with this object, by its own handle and never by name.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLines = 12;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly StreamWriter log;
    private readonly ConcurrentQueue<string> tail = new();

    private ChildProcess(string name, Process process, StreamWriter log)
    {
        (Name, this.process, this.log) = (name, process, log);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>Starts a part; what it says goes to a log file.</summary>
    public static ChildProcess Start(
        string name, (string File, string[] Arguments) program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string logFile)
    {
        var start = new ProcessStartInfo(program.File)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in program.Arguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        // What the shell was told about some other server is not for the demo's own.
        foreach (var foreign in (string[])["TOUCHSTAGE_DATA", "TOUCHSTAGE_SESSION", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_ENVIRONMENT"])
        {
            start.Environment.Remove(foreign);
        }

        try
        {
            var started = Process.Start(start) ?? throw new DemoException($"{name} could not be started.");
            return new(name, started, new StreamWriter(logFile, append: true) { AutoFlush = true });
        }
        catch (Win32Exception missing)
        {
            throw new DemoException($"{name} could not be started: {missing.Message}");
        }
    }

    /// <summary>Waits until the part answers at an address.</summary>
    /// <exception cref="DemoException">It ended, or does not answer in time; the message holds its last lines.</exception>
    public async Task WaitUntilItAnswersAsync(HttpClient http, Uri address, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < patience)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellation);
                var message = $"{Name} ended with code {process.ExitCode} before it answered.{Tail()}";
                throw new DemoException(message, IsAboutAPort(message));
            }

            try
            {
                using var answer = await http.GetAsync(address, cancellation);
                if ((int)answer.StatusCode < 500)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(40), time, cancellation);
        }

        throw new DemoException($"{Name} did not answer at {address} within {patience.TotalSeconds:0} seconds.{Tail()}");
    }

    /// <summary>Its last lines, for whoever has to find out what went wrong; empty if it said nothing.</summary>
    public string Tail() => tail.IsEmpty ? "" : $"\nIts last lines:\n  {string.Join("\n  ", tail)}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            using var patience = new CancellationTokenSource(EndWithin);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or OperationCanceledException)
        {
            // It was gone already, or the system takes its time; there is nothing more to do about it.
        }

        process.Dispose();
        lock (log)
        {
            log.Dispose();
        }
    }

    private static bool IsAboutAPort(string message) => message.Contains("in use", StringComparison.OrdinalIgnoreCase) || message.Contains("taken", StringComparison.OrdinalIgnoreCase);

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        tail.Enqueue(line);
        while (tail.Count > TailLines)
        {
            tail.TryDequeue(out _);
        }

        lock (log)
        {
            if (log.BaseStream.CanWrite)
            {
                log.WriteLine(line);
            }
        }
    }
}

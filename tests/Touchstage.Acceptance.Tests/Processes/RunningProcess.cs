using System.Diagnostics;
using System.Text;
using Touchstage.TestKit;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>A process that runs until it is ended here, by its own handle. What it says is kept, up to a bound.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private const int MostCharacters = 4 * 1024 * 1024;

    private readonly string name;
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task ended;

    private RunningProcess(string name, Process process)
    {
        (this.name, this.process, Id) = (name, process, process.Id);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
        ended = process.WaitForExitAsync();
        _ = ended.ContinueWith(
            _ => listening.TrySetException(new InvalidOperationException($"{name} ended before it listened. It said:\n{Said}")),
            TaskScheduler.Default);
    }

    /// <summary>What it wrote on both streams so far; of a process on standard input and output, on standard error alone.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public int Id { get; }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts a process whose standard output says where it listens.</summary>
    public static RunningProcess Start(string name, ProcessStartInfo start)
    {
        var running = StartOnStreams(name, start);
        running.process.BeginOutputReadLine();
        return running;
    }

    /// <summary>Starts a process whose standard input and output are for whoever asks for the streams.</summary>
    public static RunningProcess StartOnStreams(string name, ProcessStartInfo start) =>
        new(name, Process.Start(start) ?? throw new InvalidOperationException($"{name} was not started."));

    /// <summary>Where it listens, once it says so.</summary>
    public Task<Uri> ListeningAsync() => WithinAsync(listening.Task, $"{name} did not say where it listens");

    /// <summary>Whether it says this before it ends.</summary>
    public async Task<bool> SaidAsync(string text)
    {
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        DataReceivedEventHandler listen = (_, line) =>
        {
            if (line.Data?.Contains(text, StringComparison.Ordinal) is true)
            {
                heard.TrySetResult(true);
            }
        };
        process.ErrorDataReceived += listen;
        process.OutputDataReceived += listen;
        // What it said before anybody listened.
        if (Said.Contains(text, StringComparison.Ordinal))
        {
            heard.TrySetResult(true);
        }

        _ = ended.ContinueWith(_ => heard.TrySetResult(Said.Contains(text, StringComparison.Ordinal)), TaskScheduler.Default);
        return await WithinAsync(heard.Task, $"{name} did not say '{text}'");
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> EndedAsync()
    {
        await WithinAsync(EndAsync(), $"{name} did not end");
        return process.ExitCode;

        async Task<bool> EndAsync()
        {
            await ended;
            return true;
        }
    }

    /// <summary>SIGTERM: what an operator or a service manager sends to stop it.</summary>
    public async Task AskToStopAsync() =>
        (await Command.RunAsync(Command.Of("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))).ExitCode.ShouldBe(0);

    /// <summary>SIGKILL: no time to tidy up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ended;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!ended.IsCompleted)
        {
            process.Kill(entireProcessTree: true);
        }

        await ended;
        process.Dispose();
    }

    private async Task<T> WithinAsync<T>(Task<T> task, string problem)
    {
        try
        {
            return await task.WaitAsync(Patience.ForAProcess);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{problem} within {Patience.ForAProcess}. It said:\n{Said}", late);
        }
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (said)
        {
            if (said.Length < MostCharacters)
            {
                said.AppendLine(line);
            }
        }

        if (line.StartsWith(Announcement, StringComparison.Ordinal) && Uri.TryCreate(line[Announcement.Length..], UriKind.Absolute, out var address))
        {
            listening.TrySetResult(address);
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class WaitingTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly FakeTimeProvider time = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Long_work_tells_after_two_seconds_how_far_it_is_and_leaves_nothing_behind()
    {
        var (waiting, work) = (new Waiting(TerminalOf(isWatched: true), time), new TaskCompletionSource<int>());
        var waited = waiting.ForAsync("Trying drafts", () => work.Task);
        time.Advance(TimeSpan.FromSeconds(1));
        error.ToString().ShouldBeEmpty();
        waiting.Tell("7 to go");
        time.Advance(TimeSpan.FromSeconds(1));
        error.ToString().ShouldBe("\rTrying drafts: 7 to go (2 s)");
        waiting.Tell("");
        time.Advance(TimeSpan.FromSeconds(1));
        error.ToString().ShouldEndWith("\rTrying drafts (3 s)         ");

        work.SetResult(5);
        (await waited.WaitAsync(Bound)).ShouldBe(5);
        var screen = error.ToString();
        screen.ShouldEndWith("\r" + new string(' ', "Trying drafts: 7 to go (2 s)".Length) + "\r");
        time.Advance(TimeSpan.FromSeconds(5));
        error.ToString().ShouldBe(screen);
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nobody_watches_nothing_is_told()
    {
        var work = new TaskCompletionSource<int>();
        var waited = new Waiting(TerminalOf(isWatched: false), time).ForAsync("Copying", () => work.Task);
        time.Advance(TimeSpan.FromMinutes(1));
        work.SetResult(1);
        await waited.WaitAsync(Bound);
        (output.ToString() + error).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_fails_leaves_the_line_clean_too()
    {
        var work = new TaskCompletionSource<int>();
        var waited = new Waiting(TerminalOf(isWatched: true), time).ForAsync("Copying", () => work.Task);
        time.Advance(TimeSpan.FromSeconds(2));
        work.SetException(new IOException("full"));
        await Should.ThrowAsync<IOException>(() => waited.WaitAsync(Bound));
        error.ToString().ShouldEndWith("\r");
    }

    private Terminal TerminalOf(bool isWatched) => new()
    {
        Out = output,
        Error = error,
        In = Stream.Null,
        IsInputPerson = false,
        IsOutputPerson = false,
        IsErrorPerson = isWatched,
        Environment = _ => null,
        CurrentDirectory = Path.GetTempPath(),
    };
}

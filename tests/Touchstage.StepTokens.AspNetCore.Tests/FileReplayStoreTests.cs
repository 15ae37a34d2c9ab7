using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class FileReplayStoreTests : IDisposable
{
    private const int Line = 77;
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private readonly string folder = Directory.CreateTempSubdirectory("replay-").FullName;

    private string File => Path.Combine(folder, "used-tokens");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_token_that_was_used_before_a_restart_is_refused_after_it()
    {
        await using var before = await KitApi.StartAsync(tokens => tokens.ReplayFile = File);
        var (token, unused) = (before.Minter.Mint(KitApi.Look), before.Minter.Mint(KitApi.Look));
        (await before.SendAsync(token)).Status.ShouldBe(200);
        await before.StopAsync();
        await using var after = await KitApi.StartAsync(tokens =>
        {
            tokens.ReplayFile = File;
            tokens.Keys = StepTokenKeySet.Of(before.Minter.KeyId, before.Minter.Key);
        });

        (await after.SendAsync(token)).ShouldTellNothing();
        after.Executed.ShouldBe(0);
        (await after.SendAsync(unused)).Status.ShouldBe(200);

        after.Log.FailedChecks.ShouldBe([StepTokenFailures.Replayed]);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_first()
    {
        using var host = Open();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => host.UseAsync("jti_1"))));

        answers.Count(answer => answer is StepTokenUse.First).ShouldBe(1);
        answers.Count(answer => answer is StepTokenUse.Replayed).ShouldBe(31);
    }

    [Fact]
    public async Task A_new_file_refuses_what_may_have_been_used_before_it_and_an_old_one_does_not()
    {
        using (var fresh = ReplayHost.Open(File))
        {
            (await fresh.UseAsync("jti_1", TimeSpan.FromSeconds(-4))).ShouldBe(StepTokenUse.TooOld);
            (await fresh.UseAsync("jti_1", TimeSpan.FromSeconds(-5))).ShouldBe(StepTokenUse.First);
        }

        using var restarted = ReplayHost.Open(File, later: TimeSpan.FromSeconds(6));
        (await restarted.UseAsync("jti_2", TimeSpan.FromSeconds(1))).ShouldBe(StepTokenUse.First);
        (await restarted.UseAsync("jti_3", TimeSpan.FromSeconds(2))).ShouldBe(StepTokenUse.TooOld);
    }

    [Fact]
    public async Task A_file_that_somebody_removed_takes_nothing_with_it()
    {
        using (var host = Open())
        {
            (await host.UseAsync("jti_1")).ShouldBe(StepTokenUse.First);
        }

        System.IO.File.Delete(File);

        using var restarted = ReplayHost.Open(File, later: Settled);
        (await restarted.UseAsync("jti_1")).ShouldBe(StepTokenUse.TooOld);
    }

    [Fact]
    public void A_second_process_on_the_same_file_does_not_start()
    {
        using (Open())
        {
            Should.Throw<IOException>(Open).Message.ShouldContain("in use by another process");
        }

        Open().Dispose();
    }

    [Fact]
    public async Task The_host_does_not_start_without_its_file()
    {
        await Should.ThrowAsync<IOException>(() => KitApi.StartAsync(tokens => tokens.ReplayFile = Path.Combine(folder, "missing", "used-tokens")));

        using var other = Open();
        await Should.ThrowAsync<IOException>(() => KitApi.StartAsync(tokens => tokens.ReplayFile = File));
    }

    [Fact]
    public Task The_host_does_not_start_with_a_file_and_another_store() => Should.ThrowAsync<InvalidOperationException>(() => KitApi.StartAsync(
        tokens => tokens.ReplayFile = File, services => services.AddSingleton<IStepTokenReplayStore, OwnStore>()));

    [Fact]
    public async Task Only_its_owner_reads_it_and_it_holds_no_token_id()
    {
        using var host = Open();
        await host.UseAsync("jti-canary");

        System.IO.File.ReadAllText(File).ShouldNotContain("canary");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in Directory.GetFiles(folder))
            {
                System.IO.File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
            }
        }
    }

    [Fact]
    public async Task A_full_store_refuses_until_tokens_have_expired()
    {
        using var host = Open(capacity: 2);
        await host.UseAsync("jti_1");
        await host.UseAsync("jti_2");

        (await host.UseAsync("jti_3")).ShouldBe(StepTokenUse.Full);
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        (await host.UseAsync("jti_3")).ShouldBe(StepTokenUse.First);
    }

    [Fact]
    public async Task It_grows_no_longer_than_twice_what_it_must_remember()
    {
        using var host = Open();
        var longest = 0L;
        for (var i = 0; i < 1200; i++)
        {
            (await host.UseAsync($"jti_{i}")).ShouldBe(StepTokenUse.First);
            longest = Math.Max(longest, new FileInfo(File).Length);
            host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        longest.ShouldBe(1025 * Line);
        new FileInfo(File).Length.ShouldBeLessThan(400 * Line);
        (await host.UseAsync("jti_1199")).ShouldBe(StepTokenUse.Replayed);
    }

    [Fact]
    public async Task What_has_expired_is_left_out_when_it_starts()
    {
        using (var host = Open())
        {
            await host.UseAsync("jti_1");
            await host.UseAsync("jti_2", lives: 30);
        }

        using var restarted = ReplayHost.Open(File, later: Settled + TimeSpan.FromSeconds(20));

        new FileInfo(File).Length.ShouldBe(2 * Line);
        (await restarted.UseAsync("jti_2")).ShouldBe(StepTokenUse.Replayed);
    }

    [Fact]
    public async Task Cut_off_anywhere_after_its_first_line_it_still_knows_every_whole_line()
    {
        var bytes = await WrittenAsync(5);
        await Gen.Int[Line, bytes.Length].SampleAsync(async length =>
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes[..length]);
            using var host = ReplayHost.Open(File, later: Settled);
            for (var i = 0; i < 5; i++)
            {
                (await host.UseAsync($"jti_{i}")).ShouldBe(i < (length / Line) - 1 ? StepTokenUse.Replayed : StepTokenUse.First);
            }
        }, iter: 200, threads: 1);
    }

    [Fact]
    public async Task Changed_anywhere_but_in_its_last_line_it_keeps_the_API_from_starting_and_is_left_as_it_is()
    {
        var bytes = await WrittenAsync(5);
        Gen.Select(Gen.Int[0, bytes.Length - Line - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << bit);
            System.IO.File.WriteAllBytes(File, damaged);

            Should.Throw<InvalidDataException>(() => ReplayHost.Open(File, later: Settled));

            System.IO.File.ReadAllBytes(File).ShouldBe(damaged);
        }, iter: 300, threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a replay file\n")]
    public void Another_file_is_never_taken_for_one(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Should.Throw<InvalidDataException>(Open);

        System.IO.File.ReadAllText(File).ShouldBe(content);
    }

    [Fact]
    public async Task A_process_that_is_killed_forgets_nothing_that_it_answered()
    {
        using var process = ReplayProcess.Start(File, maxBytes: null);
        var first = new List<string>();
        while (first.Count < 20)
        {
            first.Add((await process.StandardOutput.ReadLineAsync())!);
        }

        process.Kill();
        await process.WaitForExitAsync();
        // What comes after the last line feed was cut off by the kill, too.
        var rest = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        first.AddRange(rest[..^1]);

        using var host = ReplayHost.Open(File, later: Settled);
        foreach (var answer in first)
        {
            answer.ShouldStartWith("First ");
            (await host.UseAsync(answer["First ".Length..])).ShouldBe(StepTokenUse.Replayed, answer);
        }
    }

    [UnixFact]
    public async Task On_a_full_disk_it_refuses_and_what_it_answered_before_is_kept()
    {
        using var process = ReplayProcess.Start(File, maxBytes: 4096);
        var answers = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();

        var firsts = answers.Where(answer => answer.StartsWith("First ", StringComparison.Ordinal)).ToArray();
        answers.Length.ShouldBe(ReplayProcess.Tokens, await process.StandardError.ReadToEndAsync());
        firsts.Length.ShouldBe((4096 / Line) - 1);
        answers[firsts.Length..].ShouldAllBe(answer => answer.StartsWith("Failed ", StringComparison.Ordinal));
        using var host = ReplayHost.Open(File, later: Settled);
        foreach (var answer in firsts)
        {
            (await host.UseAsync(answer["First ".Length..])).ShouldBe(StepTokenUse.Replayed, answer);
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_anew_refuses_until_it_can()
    {
        using var host = Open();
        for (var i = 0; i < 1024; i++)
        {
            await host.UseAsync($"jti_{i}");
        }

        host.Clock.Advance(TimeSpan.FromSeconds(15));
        // A folder in the place of the next file is in its way.
        Directory.CreateDirectory(File + ".new");
        await Should.ThrowAsync<Exception>(() => host.UseAsync("jti_late"));
        Directory.Delete(File + ".new");

        (await host.UseAsync("jti_late")).ShouldBe(StepTokenUse.First);
        (await host.UseAsync("jti_late")).ShouldBe(StepTokenUse.Replayed);
        new FileInfo(File).Length.ShouldBe(2 * Line);
    }

    private ReplayHost Open() => Open(100_000);

    private ReplayHost Open(int capacity)
    {
        var host = ReplayHost.Open(File, capacity);
        host.Clock.Advance(Settled);
        return host;
    }

    private async Task<byte[]> WrittenAsync(int tokens)
    {
        using (var host = Open())
        {
            for (var i = 0; i < tokens; i++)
            {
                (await host.UseAsync($"jti_{i}")).ShouldBe(StepTokenUse.First);
            }
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes.Length.ShouldBe((tokens + 1) * Line);
        return bytes;
    }

    private sealed class OwnStore : IStepTokenReplayStore
    {
        public ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset issuedAt, DateTimeOffset until) => new(StepTokenUse.First);
    }
}

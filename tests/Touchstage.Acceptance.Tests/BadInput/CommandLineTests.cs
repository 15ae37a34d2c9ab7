using System.Net;
using System.Net.Sockets;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.BadInput;

/// <summary>Mistakes at the command line are told with what, where and what to do; the exit code says which kind it was.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-acceptance-").FullName;

    [Theory]
    [InlineData("serv", "'serve'")]
    [InlineData("tenant aply acme.yaml", "'apply'")]
    [InlineData("ledger verfy", "'verify'")]
    [InlineData("serve --htp http://127.0.0.1:0", "'--http'")]
    [InlineData("replay stp_1 --tenat acme", "'--tenant'")]
    public async Task An_unknown_verb_or_option_names_the_nearest(string line, string nearest)
    {
        var run = await RunAsync(line.Split(' '));

        run.ShouldEndWith(2, "is not known here", nearest, "Usage: touchstage", "--help");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_manifest_is_told_by_file_line_and_fix_and_is_not_served()
    {
        var manifests = Directory.CreateDirectory(Path.Combine(folder, "manifests")).FullName;
        await File.WriteAllTextAsync(Path.Combine(manifests, "broken.yaml"), "capability: broken\ntitle: Broken\nwhatever: 1\neffects: sometimes\n");

        var check = await RunAsync("check", "--capabilities", manifests);
        var serve = await RunAsync("serve", "--http", "http://127.0.0.1:0", "--capabilities", manifests);

        check.ShouldEndWith(1, "broken.yaml:3", "whatever", "broken.yaml:4", "fix:");
        serve.ShouldEndWith(1, "broken.yaml:3", "none of them is in force");
        serve.Output.ShouldNotContain("listening on");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named() => (await RunAsync("tenant", "apply", "nowhere.yaml")).ShouldEndWith(1, "nowhere.yaml", "touchstage tenant apply FILE");

    [Fact]
    public async Task A_secret_on_the_command_line_is_refused_and_not_repeated()
    {
        var run = await RunAsync("secret", "set", "acme", "billing", "sk_live_on_the_command_line");

        run.ShouldEndWith(2, "never given on the command line", "< FILE");
        (run.Output + run.Error).ShouldNotContain("sk_live_on_the_command_line");
    }

    [Fact]
    public async Task A_taken_port_is_named_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await RunAsync("serve", "--http", FormattableString.Invariant($"http://127.0.0.1:{port}"), "--capabilities", Path.Combine(Executable.Root, "capabilities"));

        run.ShouldEndWith(1, FormattableString.Invariant($"127.0.0.1:{port}"), "choose another address");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_with_what_to_do()
    {
        // Below a regular file there can be no folder, whoever asks.
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "mine");

        var run = await Command.RunAsync(Command.Of(Executable.Touchstage, ["tenant", "list", "--data", Path.Combine(file, "data")], folder: folder));

        run.ShouldEndWith(1, Path.Combine(file, "data"), "--data", "store_unwritable");
        (await File.ReadAllTextAsync(file)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_locked_database_is_named_and_nothing_of_it_is_lost()
    {
        (await RunAsync("ledger", "verify")).ExitCode.ShouldBe(0);
        await using (await LockedStore.TakeAsync(Store))
        {
            (await RunAsync("ledger", "verify")).ShouldEndWith(1, Store, "locked by another process", "store_locked");
        }

        (await RunAsync("ledger", "verify")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_as_it_is()
    {
        (await RunAsync("ledger", "verify")).ExitCode.ShouldBe(0);
        await LockedStore.ExecuteAsync(Store, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_FromTheFuture', '99.0')");

        (await RunAsync("ledger", "verify")).ShouldEndWith(1, Store, "newer version", "store_newer");
        (await RunAsync("serve", "--http", "http://127.0.0.1:0", "--capabilities", Path.Combine(Executable.Root, "capabilities"))).ShouldEndWith(1, "store_newer");

        (await LockedStore.ExecuteAsync(Store, "DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '9999%'")).ShouldBe(1);
        (await RunAsync("ledger", "verify")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused_and_left_as_it_is()
    {
        var text = new string('x', 4096);
        Directory.CreateDirectory(Path.GetDirectoryName(Store)!);
        await File.WriteAllTextAsync(Store, text);

        (await RunAsync("ledger", "verify")).ShouldEndWith(1, Store, "store_corrupt");

        (await File.ReadAllTextAsync(Store)).ShouldBe(text);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Store => Path.Combine(folder, "data", "touchstage.db");

    private Task<Finished> RunAsync(params string[] arguments) =>
        Command.RunAsync(Command.Of(Executable.Touchstage, [.. arguments, "--data", Path.Combine(folder, "data")], folder: folder));
}

using System.Text;
using System.Xml.Linq;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>A backup opens nothing by itself, and never takes the place of a file.</summary>
public sealed class BackupVerbTests : IAsyncLifetime
{
    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task ACopy_HasTheStore_AndNoByteOfTheRing_AndSaysWhereThatIs()
    {
        var ring = Path.Combine(shell.Host.Folder, "data", "keys");
        var copy = Path.Combine(shell.Host.Folder, "copy.db");
        var key = XDocument.Load(Directory.GetFiles(ring).ShouldHaveSingleItem()).Descendants().Single(part => part.Name.LocalName == "masterKey").Descendants().Last().Value;

        var said = await shell.RunAsync(null, "backup", "copy.db");

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Output.ShouldContain($"{copy} holds the store");
        said.Output.ShouldContain($"the folder {ring}");
        var bytes = await File.ReadAllBytesAsync(copy);
        bytes.AsSpan().IndexOf("tenant_keys"u8).ShouldBeGreaterThan(0);
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)).ShouldBe(-1);
        bytes.AsSpan().IndexOf(Convert.FromBase64String(key)).ShouldBe(-1);
        said.Screen.ShouldNotContain(key);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task ACopyInTheStoresPlace_OpensWithTheRing_AndNotWithoutIt()
    {
        (await shell.RunAsync(null, "backup", "copy.db")).ExitCode.ShouldBe(ExitCode.Done);
        var copy = $"sqlite:{Path.Combine(shell.Host.Folder, "copy.db")}";

        var whole = await shell.RunAsync(null, "secret", "list", "acme", "--json", "--store", copy);
        var alone = await shell.RunAsync(null, "secret", "list", "acme", "--json", "--store", copy, "--key-ring", "elsewhere");

        whole.Json.EnumerateArray().Select(secret => secret.GetProperty("readable").GetBoolean()).ShouldBe([true, true]);
        (alone.ExitCode, alone.Output).ShouldBe((ExitCode.Refused, ""));
        alone.Error.ShouldContain("(key_ring_unusable)");
    }

    [Theory]
    [InlineData("taken.db")]
    [InlineData("nowhere/copy.db")]
    [InlineData("data/touchstage.db")]
    public async Task WhatIsThereAlready_OrCannotBeMade_IsLeftAsItIs(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(shell.Host.Folder, "taken.db"), "mine");

        var said = await shell.RunAsync(null, "backup", name);

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("(store_unwritable)");
        (await File.ReadAllTextAsync(Path.Combine(shell.Host.Folder, "taken.db"))).ShouldBe("mine");
        (await shell.RunAsync(null, "tenant", "list")).ExitCode.ShouldBe(ExitCode.Done);
    }
}

using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>A tenant is deleted only by somebody who says its name or <c>--yes</c>, and then for good.</summary>
public sealed class TenantDeleteVerbTests : IAsyncLifetime
{
    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task InAScript_WithoutYes_NothingIsDeleted()
    {
        var said = await shell.RunAsync(null, "tenant", "delete", "acme");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Usage, ""));
        said.Error.ShouldContain("--yes");
        (await TenantsAsync()).ShouldContain("acme");
    }

    [Theory]
    [InlineData("globex")]
    [InlineData("y")]
    [InlineData("")]
    public async Task APersonWhoTypesSomethingElse_DeletesNothing(string typed)
    {
        var said = await shell.AskAsync(null, typed, "tenant", "delete", "acme", "--shred");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("Its keys are destroyed: there is no way back");
        said.Error.ShouldContain("nothing was deleted");
        (await TenantsAsync()).ShouldContain("acme");
    }

    [Fact]
    public async Task APersonWhoTypesItsName_DeletesIt_AndIsToldWhatEnded()
    {
        await shell.HeldAsync();

        var said = await shell.AskAsync(null, "acme", "tenant", "delete", "acme");

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Output.ShouldContain("Tenant acme is deleted: 3 session(s) revoked, 1 approval(s) withdrawn; 0 step(s) in flight settle by themselves. Its ledger stays.");
        said.Output.ShouldNotContain("destroyed");
        (await shell.NewestAsync("acme", 1)).ShouldBe(["tenant.deleted acme"]);
        (await TenantsAsync()).ShouldBe("globex");
    }

    [Fact]
    public async Task Shred_SaysThatNoByteIsLeft_AndMayFollowADeletionOrItself()
    {
        (await shell.RunAsync(null, "tenant", "delete", "acme", "--yes")).ExitCode.ShouldBe(ExitCode.Done);

        var said = await shell.RunAsync(null, "tenant", "delete", "acme", "--shred", "--yes");
        var again = await shell.RunAsync(null, "tenant", "delete", "acme", "--shred", "--yes");

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        said.Output.ShouldContain("no byte of them is left in the store");
        again.ExitCode.ShouldBe(ExitCode.Done, again.Screen);
        (await shell.NewestAsync("acme", 2)).ShouldBe(["tenant.deleted acme", "tenant.shredded acme"]);
    }

    [Theory]
    [InlineData("secret", "set", "acme", "billing")]
    [InlineData("secret", "list", "acme")]
    [InlineData("session", "create", "acme", "--kind", "agent", "--subject", "bob")]
    [InlineData("connection", "list", "acme")]
    [InlineData("introspection", "create", "acme", "billing")]
    [InlineData("tenant", "show", "acme")]
    public async Task OfADeletedTenant_NothingIsAdministeredAnyMore(params string[] line)
    {
        (await shell.RunAsync(null, "tenant", "delete", "acme", "--yes")).ExitCode.ShouldBe(ExitCode.Done);

        var said = await shell.PipeAsync(null, "another-secret\n", line);

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""), said.Screen);
    }

    [Fact]
    public async Task ItsName_IsNotGivenAgain()
    {
        (await shell.RunAsync(null, "tenant", "delete", "acme", "--yes")).ExitCode.ShouldBe(ExitCode.Done);
        var file = Path.Combine(shell.Host.Folder, "acme.yaml");
        await File.WriteAllTextAsync(file, "tenant: acme\nname: Acme\ncapabilities: []\nconnections: {}\n");

        var said = await shell.RunAsync(null, "tenant", "apply", file);

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain("tenant_deleted");
        (await TenantsAsync()).ShouldBe("globex");
    }

    [Fact]
    public async Task WhoIsNotThere_IsNotDeleted()
    {
        var said = await shell.RunAsync(null, "tenant", "delete", "nobody", "--yes");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("nobody");
    }

    private async Task<string> TenantsAsync() =>
        string.Join(' ', (await shell.RunAsync(null, "tenant", "list", "--json")).Json.EnumerateArray().Select(tenant => tenant.GetProperty("tenant").GetString()));
}

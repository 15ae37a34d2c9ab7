using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.CommandLine.Attacks;

public sealed class A26_TheManifestChangesWhileAnApprovalWaits : IAsyncLifetime
{
    private const string NewPath = "/v2/payments/{to}";

    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task AYesToTheOldRequest_RunsNothing_AndDoesNotCountForTheNew()
    {
        var id = await shell.HeldAsync();
        var old = await shell.DigestAsync(shell.Boss, id);
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", old)).ExitCode.ShouldBe(ExitCode.Done);

        await ChangeAsync(PayManifests.Of("pay", path: NewPath));
        await shell.DoDueWorkAsync();

        shell.Upstream.Exchanges.ShouldBeEmpty();
        var stale = await shell.RunAsync(shell.Deputy, "approvals", "approve", id, "--revision", old);
        (stale.ExitCode, stale.Error.Contains("(newer_revision)", StringComparison.Ordinal)).ShouldBe((ExitCode.Refused, true), stale.Screen);
        (await shell.RunAsync(shell.Boss, "approvals", "show", id)).Output.ShouldContain("/v2/payments/eve");
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "2")).ExitCode.ShouldBe(ExitCode.Done);
        await shell.DoDueWorkAsync();
        shell.Upstream.Exchanges.ShouldHaveSingleItem().Target.ShouldBe("/v2/payments/eve");
    }

    [Fact]
    public async Task APreviewUnderTheOldManifest_IsNotConfirmedUnderTheNew()
    {
        var id = await shell.HeldAsync();
        var previewed = await shell.PreviewAsync(shell.Boss, id, "--set", "amount=20");
        await ChangeAsync(PayManifests.Of("pay", path: NewPath));

        var confirmed = await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--confirm", previewed);
        await ChangeAsync(PayManifests.Of("pay").Replace("modify: [amount, note, parts, is_final]", "modify: [note]", StringComparison.Ordinal));
        var narrowed = await shell.RunAsync(shell.Boss, "approvals", "modify", id, "--set", "amount=20", "--confirm", previewed);

        confirmed.Error.ShouldContain("(newer_revision)");
        narrowed.Error.ShouldContain("(not_modifiable)");
        (confirmed.ExitCode, narrowed.ExitCode).ShouldBe((ExitCode.Refused, ExitCode.Refused));
        (await shell.Host.ApprovalAsync(shell.Boss, id)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task AChangeThatIsConfirmedWhileTheManifestChanges_RunsNothingThatWasNotShown()
    {
        var id = await shell.HeldAsync();

        var said = await shell.AskAsync(
            shell.Boss,
            async () =>
            {
                await ChangeAsync(PayManifests.Of("pay", path: NewPath));
                return "y";
            },
            "approvals", "modify", id, "--set", "amount=20");
        await shell.DoDueWorkAsync();

        said.Output.ShouldContain("/v1/payments/eve");
        shell.Upstream.Exchanges.ShouldBeEmpty();
        var now = await shell.Host.ApprovalAsync(shell.Boss, id);
        (now.State, now.Revision, now.Summary).ShouldBe((ApprovalState.Pending, 3, "Pay 20 to eve"));
    }

    private async Task ChangeAsync(string pay)
    {
        await File.WriteAllTextAsync(Path.Combine(shell.Capabilities, "pay.yaml"), pay);
        (await shell.Host.Services.GetRequiredService<IManifests>().ReloadAsync(default)).Problems.ShouldBeEmpty();
    }
}

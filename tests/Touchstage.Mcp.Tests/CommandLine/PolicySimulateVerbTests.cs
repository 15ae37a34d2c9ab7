using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class PolicySimulateVerbTests : IAsyncLifetime
{
    private const string Unrecorded = """
        facts:
          payee: { path: "/v1/payees/{to}", output: { type: object, required: [blocked], properties: { blocked: { type: boolean } } } }
        policy:
          - forbid: facts.payee.blocked
        """;

    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    /// <summary>Nobody knows how it would be decided, so no build may take it for one that stays as it was.</summary>
    [Theory]
    [InlineData("loosened")]
    [InlineData("tightened")]
    [InlineData("any")]
    public async Task A_call_that_cannot_be_replayed_fails_the_build_that_asks_for_any_change(string failOn)
    {
        await shell.HeldAsync();
        (await SimulateAsync("--fail-on", failOn)).ShouldSatisfyAllConditions(
            said => said.ExitCode.ShouldBe(ExitCode.Done, said.Screen), said => said.Output.ShouldContain("1 decision replayed: 1 unchanged"));

        await File.WriteAllTextAsync(Path.Combine(shell.Capabilities, "pay.yaml"), PayManifests.Of("pay").Replace("policy:", Unrecorded, StringComparison.Ordinal));

        (await SimulateAsync("--fail-on", failOn)).ShouldSatisfyAllConditions(
            said => said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen), said => said.Output.ShouldContain("0 loosened, 0 tightened. 1 could not be replayed."));
        (await SimulateAsync()).ExitCode.ShouldBe(ExitCode.Done);
    }

    private Task<Said> SimulateAsync(params string[] more) => shell.RunAsync(null, ["policy", "simulate", "--since", "1d", .. more]);
}

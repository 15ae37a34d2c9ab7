namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class InMemoryReplayStoreTests
{
    [Theory]
    [InlineData(4, StepTokenUse.TooOld)]
    [InlineData(5, StepTokenUse.First)]
    public async Task A_token_that_may_be_from_before_the_start_is_refused_also_if_the_issuers_clock_is_ahead(int issuedAfterStart, StepTokenUse answer)
    {
        using var host = ReplayHost.Open(file: null);

        (await host.UseAsync("jti_1", TimeSpan.FromSeconds(-issuedAfterStart))).ShouldBe(answer);
    }

    [Fact]
    public async Task An_owner_can_say_that_nothing_was_accepted_before()
    {
        using var host = ReplayHost.Open(file: null, acceptAll: true);

        (await host.UseAsync("jti_1", TimeSpan.FromSeconds(10))).ShouldBe(StepTokenUse.First);
        (await host.UseAsync("jti_1", TimeSpan.FromSeconds(10))).ShouldBe(StepTokenUse.Replayed);
    }

    [Fact]
    public async Task An_API_that_restarts_with_an_empty_memory_executes_nothing_twice()
    {
        await using var before = await KitApi.StartAsync();
        var token = before.Minter.Mint(KitApi.Look);
        (await before.SendAsync(token)).Status.ShouldBe(200);
        await using var after = await KitApi.StartAsync(
            tokens => tokens.Keys = StepTokenKeySet.Of(before.Minter.KeyId, before.Minter.Key), startedAgo: TimeSpan.FromSeconds(1), later: TimeSpan.FromMinutes(1));

        (await after.SendAsync(token)).ShouldTellNothing();

        after.Executed.ShouldBe(0);
        after.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.IssuedBeforeStart]);
    }
}

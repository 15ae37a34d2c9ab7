namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(60, StepTokenFailures.NotYetValid)]
    [InlineData(6, StepTokenFailures.NotYetValid)]
    [InlineData(-60, StepTokenFailures.Expired)]
    [InlineData(-15, StepTokenFailures.Expired)]
    public async Task An_issuer_whose_clock_differs_too_much_executes_nothing_and_the_owner_reads_why(int seconds, string check)
    {
        await using var api = await KitApi.StartAsync(startedAgo: TimeSpan.FromMinutes(5));
        api.Minter.Ahead = TimeSpan.FromSeconds(seconds);

        (await api.SendAsync()).ShouldTellNothing();

        api.Executed.ShouldBe(0);
        api.Log.FailedChecks.ShouldBe([check]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Five_seconds_either_way_are_nothing(int seconds)
    {
        await using var api = await KitApi.StartAsync();
        api.Minter.Ahead = TimeSpan.FromSeconds(seconds);

        (await api.SendAsync()).Status.ShouldBe(200);

        api.Executed.ShouldBe(1);
    }

    [Theory]
    [InlineData(60, StepTokenFailures.NotYetValid)]
    [InlineData(-60, StepTokenFailures.Expired)]
    public async Task The_sample_product_changes_nothing_for_such_an_issuer(int seconds, string check)
    {
        await using var storefront = await RunningStorefront.StartAsync();
        storefront.Minter.Ahead = TimeSpan.FromSeconds(seconds);

        await storefront.ShouldBeRefusedAsync(storefront.CallAsync(new("POST", "/v1/payments/pay_1001/refunds", "refund_user", """{"amount":20}""", "txn_1")), check);
    }
}

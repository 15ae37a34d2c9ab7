using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Tests.Webhooks;

public sealed class DeliveryScheduleTests
{
    [Fact]
    public void After_EveryTry_IsTheSpecificationsSchedule() =>
        Enumerable.Range(1, 10).Select(DeliverySchedule.After).ShouldBe(
            [
                TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
                TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), null,
            ]);

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(-1)]
    public void After_ANumberOfTriesThatCannotBe_GivesUp(int tries) => DeliverySchedule.After(tries).ShouldBeNull();
}

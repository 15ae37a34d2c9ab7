using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Safety.Tests.Policies.Simulation;

public sealed class LimitHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_keeps_its_place_until_it_is_known_what_came_of_it()
    {
        var history = new LimitHistory();
        history.Add("one", [Concurrent], Noon, isOpen: true, openUntil: null);

        history.Choose([[Concurrent]], Noon.AddDays(1), isApproved: false).Spent.ShouldBe(Concurrent);
        history.Settle("one", isKnown: false, isReleased: false);
        history.Choose([[Concurrent]], Noon.AddDays(1), isApproved: false).Spent.ShouldBe(Concurrent);
        history.Settle("one", isKnown: true, isReleased: false);
        history.Choose([[Concurrent]], Noon.AddDays(1), isApproved: false).Spent.ShouldBeNull();
    }

    [Fact]
    public void A_step_that_changes_nothing_gives_its_place_up_at_its_deadline()
    {
        var history = new LimitHistory();
        history.Add("one", [Concurrent], Noon, isOpen: true, openUntil: Noon.AddSeconds(20));

        history.Choose([[Concurrent]], Noon.AddSeconds(19), isApproved: false).Spent.ShouldBe(Concurrent);
        history.Choose([[Concurrent]], Noon.AddSeconds(20), isApproved: false).Spent.ShouldBeNull();
    }

    [Fact]
    public void The_first_candidate_with_room_is_charged_and_a_window_slides()
    {
        var (full, roomy) = (Count("a", 1), Count("b", 2));
        var history = new LimitHistory();
        history.Add("one", [full, roomy], Noon, isOpen: false, openUntil: null);

        history.Choose([[full], [roomy]], Noon.AddMinutes(59), isApproved: false).ShouldBe((1, null));
        history.Choose([[full]], Noon.AddMinutes(59), isApproved: false).Spent.ShouldBe(full);
        history.Choose([[full]], Noon.AddHours(1), isApproved: false).Spent.ShouldBeNull();
    }

    [Fact]
    public void Only_a_hard_limit_stops_what_people_approved()
    {
        var (soft, hard) = (Count("a", 1), Count("a", 1) with { IsHard = true });
        var history = new LimitHistory();
        history.Add("one", [soft], Noon, isOpen: false, openUntil: null);

        history.Choose([[soft]], Noon, isApproved: true).Spent.ShouldBeNull();
        history.Choose([[hard]], Noon, isApproved: true).Spent.ShouldBe(hard);
    }

    [Fact]
    public void What_is_released_has_used_nothing_whatever_order_the_instants_came_in()
    {
        var use = Count("a", 2);
        var history = new LimitHistory();
        history.Add("late", [use], Noon.AddSeconds(1), isOpen: false, openUntil: null);
        history.Add("early", [use], Noon, isOpen: false, openUntil: null);

        history.Choose([[use]], Noon.AddSeconds(2), isApproved: false).Spent.ShouldBe(use);
        history.Settle("late", isKnown: true, isReleased: true);
        history.Choose([[use]], Noon.AddSeconds(2), isApproved: false).Spent.ShouldBeNull();
    }

    private static LimitUse Concurrent { get; } = new("open", 1, 1, TimeSpan.Zero, false, false, "concurrent 1 by caller", CountsOpen: true);

    private static LimitUse Count(string key, int max) => new(key, 1, max, TimeSpan.FromHours(1), false, false, $"count {max} per 1h by caller");
}

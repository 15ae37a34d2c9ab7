using System.Collections.Immutable;

namespace Touchstage.Safety.Steps;

/// <summary>When looks are taken at a step of unknown outcome: the first at a time of the capability's own, the others ever later, and then it is left to people.</summary>
internal static class VerifySchedule
{
    private static readonly ImmutableArray<TimeSpan> Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    /// <summary>How often it is looked at, at most.</summary>
    public static int MaxLooks => Waits.Length + 1;

    /// <summary>How long after a look the next one is due; null after the last.</summary>
    /// <param name="looks">How many looks were taken, that one included.</param>
    public static TimeSpan? WaitAfter(int looks) => looks >= 1 && looks <= Waits.Length ? Waits[looks - 1] : null;
}

namespace Touchstage.Bench;

/// <summary>What one verb took, turn by turn, with few and with many approvals pending.</summary>
internal sealed record Sample(string Name, IReadOnlyList<TimeSpan> Few, IReadOnlyList<TimeSpan> Many)
{
    /// <summary>How many times as long it takes with many, by the median.</summary>
    public double Ratio => Quantile(Many, 0.5) / Quantile(Few, 0.5);

    /// <summary>Milliseconds below which this part of the turns lies.</summary>
    public static double Quantile(IReadOnlyList<TimeSpan> turns, double part) => turns.Order().ElementAt((int)(part * (turns.Count - 1))).TotalMilliseconds;
}

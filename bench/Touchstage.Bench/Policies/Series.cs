namespace Touchstage.Bench.Policies;

/// <summary>What so many decisions at a time took, round by round, in one way of deciding.</summary>
internal sealed class Series(string name, int count)
{
    private readonly List<TimeSpan> rounds = [];

    public string Name { get; } = name;

    /// <summary>How many decisions a round makes.</summary>
    public int Count { get; } = count;

    /// <summary>Decisions a second in the middle round.</summary>
    public double PerSecond => Count * 1000 / Sample.Quantile(rounds, 0.5);

    /// <summary>Decisions a second that all but the slowest twentieth of the rounds reach.</summary>
    public double PerSecondAtLeast => Count * 1000 / Sample.Quantile(rounds, 0.95);

    public void Add(TimeSpan round) => rounds.Add(round);

    /// <summary>Leaves the first rounds out, in which everything is still being compiled.</summary>
    public void Forget(int first) => rounds.RemoveRange(0, first);
}

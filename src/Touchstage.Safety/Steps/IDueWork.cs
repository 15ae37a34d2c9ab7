namespace Touchstage.Safety.Steps;

/// <summary>What is due over all tenants. One of the three look-ups that precede the tenant.</summary>
internal interface IDueWork
{
    /// <summary>What is due now, oldest first.</summary>
    Task<IReadOnlyList<DueItem>> FindAsync(DateTimeOffset now, int take, CancellationToken cancellation);
}

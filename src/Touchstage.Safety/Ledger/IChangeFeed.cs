namespace Touchstage.Safety.Ledger;

/// <summary>Follows everything that is committed, by whichever process. Numbers are the truth, signals only shorten the wait.</summary>
public interface IChangeFeed
{
    /// <summary>The number of the newest change, 0 for none.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<long> NewestAsync(CancellationToken cancellation);

    /// <summary>All changes after a number, in order, for as long as the caller listens.</summary>
    /// <param name="afterNumber">The last number already seen.</param>
    /// <param name="cancellation">Ends the feed.</param>
    IAsyncEnumerable<Change> FollowAsync(long afterNumber, CancellationToken cancellation);
}

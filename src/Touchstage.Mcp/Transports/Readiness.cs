using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Transports;

/// <summary>Whether the store answers, within a second.</summary>
internal sealed class Readiness(IChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            await feed.NewestAsync(cancellation).WaitAsync(Patience, time, cancellation);
            return true;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return false;
        }
    }
}

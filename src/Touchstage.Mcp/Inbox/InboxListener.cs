using System.Threading.Channels;
using Touchstage.Mcp.Subscriptions;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Inbox;

/// <summary>An open page: which approvals of its tenant changed since it was last told. A slow page delays nobody, and what changes twice is told once.</summary>
internal sealed class InboxListener(Caller viewer) : IChangeListener
{
    /// <summary>Past this many a page is told to look at everything anew.</summary>
    public const int MaxChanged = 256;

    private readonly Lock gate = new();
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    public void Note(Change change)
    {
        // Invariant: nothing crosses the tenant's boundary, not even that something happened.
        if (change.Kind != "approval" || change.Tenant != viewer.Tenant.Value)
        {
            return;
        }

        lock (gate)
        {
            if (changed.Count <= MaxChanged)
            {
                changed.Add(change.Id);
            }
        }

        signal.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public void NoteManifests()
    {
        // What a page shows is as its approval was held.
    }

    /// <summary>Waits until something changed.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await signal.Reader.ReadAsync(cancellation);

    /// <summary>What changed since it was last asked; more than <see cref="MaxChanged"/> stand for everything.</summary>
    public string[] Take()
    {
        lock (gate)
        {
            var news = changed.ToArray();
            changed.Clear();
            return news;
        }
    }
}

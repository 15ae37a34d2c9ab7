using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Resources;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>
/// One listener: what it asked for, what changed of that since it was last told, and a pump of its own, so that a slow reader delays nobody. Changes
/// of one resource that come faster than they are read are told once.
/// </summary>
internal sealed class Subscriber(Func<SessionIdentity> identity, SubscriberSend send, SessionDoor door, ResourceSurface resources) : IChangeListener
{
    /// <summary>How many resources one listener may follow; that also bounds what can wait for it.</summary>
    public const int MaxResources = 256;

    private readonly Lock gate = new();
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string tenant = identity().Demand().Tenant.Value;
    private bool toolsChanged;

    /// <summary>Whether changes of the tool list are told, too.</summary>
    public bool FollowsTools { get; init; }

    /// <summary>Whether it outlives the key or token that it is told under: then news waits until there is a better one.</summary>
    public bool IsRenewed { get; init; }

    /// <summary>Looks again: there is another key or token.</summary>
    public void Renew() => signal.Writer.TryWrite(true);

    /// <summary>Follows one more resource.</summary>
    /// <returns>False if there are too many.</returns>
    public bool TryFollow(string uri)
    {
        lock (gate)
        {
            return followed.Contains(uri) || (followed.Count < MaxResources && followed.Add(uri));
        }
    }

    public void Forget(string uri)
    {
        lock (gate)
        {
            followed.Remove(uri);
        }
    }

    /// <inheritdoc/>
    public void Note(Change change)
    {
        // Invariant: nothing crosses the tenant's boundary, not even that something happened.
        if (change.Tenant != tenant)
        {
            return;
        }

        lock (gate)
        {
            var isNews = change.Kind switch
            {
                "approval" => Mark(ApprovalUri.Of(change.Id)) | Mark(ApprovalUri.Queue),
                "tenant" => toolsChanged = FollowsTools,
                _ => false,
            };
            if (!isNews)
            {
                return;
            }
        }

        signal.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public void NoteManifests()
    {
        lock (gate)
        {
            toolsChanged |= FollowsTools;
            changed.UnionWith(followed.Where(uri => CapabilityUri.TryParse(uri, out _)));
            if (!toolsChanged && changed.Count == 0)
            {
                return;
            }
        }

        signal.Writer.TryWrite(true);
    }

    /// <summary>Tells the listener of its news until it goes away, its session ends or it is cancelled.</summary>
    public async Task PumpAsync(CancellationToken cancellation)
    {
        while (await signal.Reader.WaitToReadAsync(cancellation))
        {
            signal.Reader.TryRead(out _);
            var (tools, uris) = Take();
            var now = await door.EnterAsync(identity().RevealKey(), cancellation);
            if (now.Refusal is null)
            {
                await TellAsync(now.Demand(), tools, uris, cancellation);
            }
            else if (IsRenewed)
            {
                PutBack(tools, uris);
            }
            else
            {
                return;
            }
        }
    }

    private bool Mark(string uri)
    {
        if (!followed.Contains(uri))
        {
            return false;
        }

        changed.Add(uri);
        return true;
    }

    private (bool Tools, string[] Uris) Take()
    {
        lock (gate)
        {
            var news = (toolsChanged, changed.ToArray());
            toolsChanged = false;
            changed.Clear();
            return news;
        }
    }

    private void PutBack(bool tools, string[] uris)
    {
        lock (gate)
        {
            toolsChanged |= tools;
            changed.UnionWith(uris.Where(followed.Contains));
        }
    }

    private async Task TellAsync(Caller caller, bool tools, string[] uris, CancellationToken cancellation)
    {
        if (tools)
        {
            await send(NotificationMethods.ToolListChangedNotification, [], cancellation);
        }

        foreach (var uri in uris)
        {
            if (await resources.IsVisibleAsync(caller, uri, cancellation))
            {
                await send(NotificationMethods.ResourceUpdatedNotification, new() { ["uri"] = uri }, cancellation);
            }
        }
    }
}

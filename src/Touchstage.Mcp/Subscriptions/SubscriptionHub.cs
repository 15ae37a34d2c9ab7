using System.Collections.Concurrent;
using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>All listeners of this process: MCP sessions of either era, and open pages.</summary>
internal sealed class SubscriptionHub
{
    private readonly ConcurrentDictionary<IChangeListener, byte> listeners = new();

    public void Add(IChangeListener listener) => listeners[listener] = 0;

    public void Remove(IChangeListener listener) => listeners.TryRemove(listener, out _);

    /// <summary>Hands a committed change to every listener. Never waits.</summary>
    public void Publish(Change change)
    {
        foreach (var listener in listeners.Keys)
        {
            listener.Note(change);
        }
    }
}

using System.Collections.Concurrent;
using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>All listeners of this process, of either era.</summary>
internal sealed class SubscriptionHub
{
    private readonly ConcurrentDictionary<Subscriber, byte> subscribers = new();

    public void Add(Subscriber subscriber) => subscribers[subscriber] = 0;

    public void Remove(Subscriber subscriber) => subscribers.TryRemove(subscriber, out _);

    /// <summary>Hands a committed change to every listener. Never waits.</summary>
    public void Publish(Change change)
    {
        foreach (var subscriber in subscribers.Keys)
        {
            subscriber.Note(change);
        }
    }
}

using System.Collections.Concurrent;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>All listeners of this process: MCP sessions of either era, and open pages. How many streams may be held open is bounded, for each session and for all.</summary>
internal sealed class SubscriptionHub
{
    /// <summary>How many streams one session may hold open at a time.</summary>
    public const int MaxOfASession = 16;

    /// <summary>How many streams may be held open at a time.</summary>
    public const int MaxOfAll = 512;

    private readonly ConcurrentDictionary<IChangeListener, byte> listeners = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> bySession = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Adds a listener that has a stream of its own, until <see cref="Close"/>.</summary>
    /// <returns>False if too many are open already.</returns>
    public bool TryOpen(Caller caller, IChangeListener stream)
    {
        lock (gate)
        {
            var ofSession = bySession.GetValueOrDefault(caller.SessionId);
            if (count >= MaxOfAll || ofSession >= MaxOfASession || !listeners.TryAdd(stream, 0))
            {
                return false;
            }

            bySession[caller.SessionId] = ofSession + 1;
            count++;
            return true;
        }
    }

    /// <summary>Takes away a listener whose stream is over.</summary>
    public void Close(Caller caller, IChangeListener stream)
    {
        lock (gate)
        {
            if (!listeners.TryRemove(stream, out _))
            {
                return;
            }

            if (--bySession[caller.SessionId] == 0)
            {
                bySession.Remove(caller.SessionId);
            }

            count--;
        }
    }

    /// <summary>Adds the listener of a transport session, of which each has one: the transport bounds them.</summary>
    public void Add(IChangeListener listener) => listeners[listener] = 0;

    public void Remove(IChangeListener listener) => listeners.TryRemove(listener, out _);

    /// <summary>Tells every listener that other manifests are in force. Never waits.</summary>
    public void PublishManifests()
    {
        foreach (var listener in listeners.Keys)
        {
            listener.NoteManifests();
        }
    }

    /// <summary>Hands a committed change to every listener. Never waits.</summary>
    public void Publish(Change change)
    {
        foreach (var listener in listeners.Keys)
        {
            listener.Note(change);
        }
    }
}

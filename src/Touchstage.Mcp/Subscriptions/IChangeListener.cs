using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>Something that is told of every committed change.</summary>
internal interface IChangeListener
{
    /// <summary>Takes note of a change. Never waits.</summary>
    void Note(Change change);
}

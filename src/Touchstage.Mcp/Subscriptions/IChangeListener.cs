using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>Something that is told of every committed change, and of changed manifests.</summary>
internal interface IChangeListener
{
    /// <summary>Takes note of a change. Never waits.</summary>
    void Note(Change change);

    /// <summary>Takes note that other manifests are in force. Never waits.</summary>
    void NoteManifests();
}

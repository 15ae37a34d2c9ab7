using Touchstage.Safety.Ledger;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>The calls of this process that wait for an approval, woken by its one follower of the change feed. How many may wait is bounded, for each session and for all.</summary>
internal sealed class ApprovalWaits
{
    /// <summary>How many calls of one session may wait at a time.</summary>
    public const int MaxOfASession = 8;

    /// <summary>How many calls may wait at a time.</summary>
    public const int MaxOfAll = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Tenant, string ApprovalId), HashSet<ApprovalWait>> waits = [];
    private readonly Dictionary<string, int> bySession = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Begins to wait; whatever changes from now on wakes it.</summary>
    /// <returns>Null if too many wait already.</returns>
    public ApprovalWait? TryOpen(Caller caller, string approvalId)
    {
        var (session, key) = (caller.SessionId, (caller.Tenant.Value, approvalId));
        lock (gate)
        {
            var ofSession = bySession.GetValueOrDefault(session);
            if (count >= MaxOfAll || ofSession >= MaxOfASession)
            {
                return null;
            }

            var wait = new ApprovalWait(closed => Close(session, key, closed));
            if (!waits.TryGetValue(key, out var ofApproval))
            {
                waits[key] = ofApproval = [];
            }

            ofApproval.Add(wait);
            bySession[session] = ofSession + 1;
            count++;
            return wait;
        }
    }

    /// <summary>Hands a committed change to whoever waits for it. Never waits.</summary>
    public void Note(Change change)
    {
        if (change.Kind != "approval")
        {
            return;
        }

        lock (gate)
        {
            foreach (var wait in waits.GetValueOrDefault((change.Tenant, change.Id)) ?? [])
            {
                wait.Note();
            }
        }
    }

    private void Close(string session, (string Tenant, string ApprovalId) key, ApprovalWait wait)
    {
        lock (gate)
        {
            if (!waits.TryGetValue(key, out var ofApproval) || !ofApproval.Remove(wait))
            {
                return;
            }

            if (ofApproval.Count == 0)
            {
                waits.Remove(key);
            }

            if (--bySession[session] == 0)
            {
                bySession.Remove(session);
            }

            count--;
        }
    }
}

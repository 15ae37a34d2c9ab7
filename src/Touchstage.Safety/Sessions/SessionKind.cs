namespace Touchstage.Safety.Sessions;

/// <summary>What a session is for. It comes from the key, never from a request.</summary>
public enum SessionKind
{
    /// <summary>Nothing; no session has it.</summary>
    None,

    /// <summary>An AI agent's session: it proposes actions and can decide nothing.</summary>
    Agent,

    /// <summary>A person's session: it decides approvals and can propose nothing.</summary>
    Approver,
}

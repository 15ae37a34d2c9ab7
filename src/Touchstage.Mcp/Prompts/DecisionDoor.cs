namespace Touchstage.Mcp.Prompts;

/// <summary>By which door a case can be decided from a prompt.</summary>
internal enum DecisionDoor
{
    /// <summary>By none: another client, or the inbox.</summary>
    Elsewhere,

    /// <summary>In a form that the client shows.</summary>
    Form,

    /// <summary>In the inbox, whose page the client opens.</summary>
    Inbox,

    /// <summary>With the decision code.</summary>
    Code,
}

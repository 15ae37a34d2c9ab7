namespace Touchstage.Safety.Approvals;

/// <summary>Through which door a decision comes in.</summary>
public enum DecisionChannel
{
    /// <summary>An MCP prompt with a decision code.</summary>
    Prompt,

    /// <summary>The command line under an approver's session key.</summary>
    Cli,

    /// <summary>A form that an MCP client showed to the person.</summary>
    Elicitation,

    /// <summary>The inbox, under the person's own sign-in.</summary>
    Inbox,
}

namespace Touchstage.Safety.Approvals;

/// <summary>Through which door a decision comes in.</summary>
public enum DecisionChannel
{
    /// <summary>An MCP prompt with a decision code.</summary>
    Prompt,

    /// <summary>The command line under an approver's session key.</summary>
    Cli,
}

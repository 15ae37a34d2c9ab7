namespace Touchstage.Mcp.Prompts;

/// <summary>What a person chose in the form of <c>review</c>.</summary>
internal enum ReviewChoice
{
    None,
    Approve,
    Reject,
    Modify,
}

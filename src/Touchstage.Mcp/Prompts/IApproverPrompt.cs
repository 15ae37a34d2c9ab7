using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Prompts;

/// <summary>One of the prompts by which a person reads and decides. Only approver sessions reach it.</summary>
internal interface IApproverPrompt
{
    /// <summary>What clients list.</summary>
    Prompt Description { get; }

    /// <summary>Does what the prompt says, and says what came of it; or throws for a question to the person, and is run again with the answer.</summary>
    Task<string> RunAsync(PromptCall call, CancellationToken cancellation);
}

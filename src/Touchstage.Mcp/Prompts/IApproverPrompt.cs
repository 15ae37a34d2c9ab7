using ModelContextProtocol.Protocol;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>One of the prompts by which a person reads and decides. Only approver sessions reach it.</summary>
internal interface IApproverPrompt
{
    /// <summary>What clients list.</summary>
    Prompt Description { get; }

    /// <summary>Does what the prompt says, and says what came of it.</summary>
    Task<string> RunAsync(Caller approver, PromptArguments arguments, CancellationToken cancellation);
}

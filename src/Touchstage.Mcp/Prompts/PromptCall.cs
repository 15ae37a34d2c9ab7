using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>One use of a prompt by an approver.</summary>
/// <param name="Approver">Who, found out anew for this very message.</param>
/// <param name="Arguments">The prompt's arguments.</param>
/// <param name="Dialog">What the client can show the person, and what came back.</param>
internal sealed record PromptCall(Caller Approver, PromptArguments Arguments, PromptDialog Dialog);

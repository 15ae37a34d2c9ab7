using ModelContextProtocol.Protocol;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tools;

/// <summary>The answer to a tool call.</summary>
/// <param name="Result">What a client is told that waits for nothing more.</param>
/// <param name="Held">The approval that the call waits for, or null if it is over.</param>
internal sealed record CallAnswer(CallToolResult Result, ApprovalView? Held = null);

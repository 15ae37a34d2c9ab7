namespace Touchstage.StepTokens;

/// <summary>Claim <c>rctx</c>: where the step came from. For the API owner's records; nothing is decided by it.</summary>
/// <param name="Client">The MCP client, as the session names it; may be empty.</param>
/// <param name="Transport">How it was connected: <c>stdio</c>, <c>http</c> or <c>sse</c>.</param>
public sealed record StepOrigin(string Client, string Transport);

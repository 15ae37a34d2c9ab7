namespace Touchstage.Mcp.Frames;

/// <summary>Why bytes are no message of the protocol.</summary>
/// <param name="Code">The code of JSON-RPC 2.0, section 5.1.</param>
/// <param name="Reason">What is wrong, for whoever sent it.</param>
/// <param name="Id">The id of the request as JSON, if one can be told.</param>
internal sealed record FrameProblem(int Code, string Reason, string? Id);
